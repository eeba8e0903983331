package dev.weir.lab.train;

import dev.weir.model.domain.RawRecord;
import dev.weir.model.glm.LogisticGlm;
import dev.weir.model.numeric.Logistic;
import dev.weir.model.score.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A world whose truth is known, of another kind than the learner, and about as hard to learn as the real one: the training
 * records, completed, with a fallback that may be, what trees find that it does not, and detail that nobody finds.
 *
 * @param logits by row of the table, the logit of the true probability in this world, within ±12; 0 for rows not in it
 * @param gaps by row of the table, how much of it is what the record does not show: the completed record's logit less that
 *     of the record as it is; 0 for whole records
 */
record FittedWorld(double[] logits, double[] gaps) {
  private static final double LOGIT_MAX = 12;

  /* Trees are smoother than the truth that they were fitted to; a world with their probabilities would be learnt too well.
  So detail is added that no fit to as many rows can find: the difference of overfitted members, which has the structure
  of what trees can see and leans nowhere. It is brought to one size among the records of each combination of true flags:
  members differ most where most columns vary, which says nothing about how much is there to be seen.
  The constants were set on synthetic worlds; docs/adr has the figures. */
  private static final double OVERFITTING = 2;
  private static final double DETAIL = 1.2;
  private static final int CELL_MIN = 100;

  /** How many rounds the overfitted members have. */
  static int rounds(Members ensemble) {
    return (int) Math.round(OVERFITTING * ensemble.meanRounds());
  }

  /**
   * A world.
   *
   * @param rows of the table that it has
   * @param completion of its records
   * @param law a fallback that may be
   * @param stopped members boosted on from it
   * @param overfitted an even number of members of {@link #rounds}, boosted from nothing; worlds may share them, for each
   *     takes half of them from the other half in a way of its own
   */
  static FittedWorld of(
      TrainingTable table,
      int[] rows,
      Completion completion,
      LogisticGlm law,
      Members stopped,
      Members overfitted,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] signs = signs(overfitted.models().size(), random);
    double[] seen = new double[table.size()];
    double[] hidden = new double[table.size()];
    double[] gaps = new double[table.size()];
    float[] margins = new float[stopped.models().size()];
    float[] details = new float[overfitted.models().size()];
    for (int row : rows) {
      RawRecord record = table.records().get(row);
      float[] input = table.inputs().row(row);
      seen[row] = seen(law, table.values(row), stopped, input, margins);
      if (!completion.isWhole(record)) {
        RawRecord whole = completion.complete(record, random);
        input = table.inputs(whole);
        gaps[row] = -seen[row];
        seen[row] = seen(law, table.values(whole), stopped, input, margins);
        gaps[row] += seen[row];
      }
      overfitted.margins(input, details);
      hidden[row] = contrast(details, signs);
    }
    double deviation = DETAIL * equalise(hidden, rows, table.truths());
    for (int row : rows) {
      seen[row] = logit(seen[row], DETAIL * hidden[row], deviation);
    }
    return new FittedWorld(seen, gaps);
  }

  private static double seen(
      LogisticGlm law, double[] values, Members stopped, float[] input, float[] margins) {
    stopped.margins(input, margins);
    return law.logit(values) + Scorer.mean(margins);
  }

  /**
   * Brings the values of each combination of true flags to the deviation of all; combinations of few rows stay as they are.
   *
   * @return the deviation of all
   */
  private static double equalise(double[] hidden, int[] rows, long[] truths) {
    Map<Long, List<Integer>> cells = new TreeMap<>();
    for (int row : rows) {
      cells.computeIfAbsent(truths[row], flags -> new ArrayList<>()).add(row);
    }
    double overall = deviation(hidden, Arrays.stream(rows).boxed().toList());
    for (List<Integer> cell : cells.values()) {
      double own = deviation(hidden, cell);
      double factor = cell.size() < CELL_MIN || own == 0 ? 1 : overall / own;
      for (int row : cell) {
        hidden[row] *= factor;
      }
    }
    return overall;
  }

  private static double deviation(double[] values, List<Integer> rows) {
    double squares = 0;
    for (int row : rows) {
      squares += values[row] * values[row];
    }
    return Math.sqrt(squares / rows.size());
  }

  /*
   * With hidden detail of deviation s, σ(a + s·e) is on average about σ(a / √(1 + π·s²/8)) (MacKay, 1992), so the logit is
   * stretched by that root first: the world is as sharp as its law says, with what nobody sees on top.
   */
  private static double logit(double seen, double hidden, double deviation) {
    double centre = seen * Math.sqrt(1 + Math.PI * deviation * deviation / 8);
    return Math.max(-LOGIT_MAX, Math.min(LOGIT_MAX, centre + hidden));
  }

  /** As many 1 as −1, in random order. */
  private static int[] signs(int size, SplittableRandom random) {
    int[] signs = new int[size];
    for (int k = 0; k < size; k++) {
      int other = random.nextInt(k + 1);
      signs[k] = signs[other];
      signs[other] = k < size / 2 ? 1 : -1;
    }
    return signs;
  }

  /** As uncertain as one member. */
  private static double contrast(float[] margins, int[] signs) {
    double sum = 0;
    for (int k = 0; k < margins.length; k++) {
      sum += signs[k] * margins[k];
    }
    return sum / Math.sqrt(margins.length);
  }

  /**
   * Labels as this world might give them, of both classes among some of the rows: where a draw lacks one there, one of these
   * rows is given it, each with its odds, which is what the draws that have it once look like.
   *
   * @param needed of {@code rows}, those that need both classes; at least 2
   */
  boolean[] labels(int[] rows, int[] needed, long seed) {
    boolean[] labels = labels(rows, seed);
    for (boolean label : new boolean[] {false, true}) {
      if (IntStream.of(needed).allMatch(row -> labels[row] != label)) {
        double[] odds = IntStream.of(needed)
            .mapToDouble(row -> StrictMath.exp(label ? logits[row] : -logits[row]))
            .toArray();
        double left =
            new SplittableRandom(~seed).nextDouble() * DoubleStream.of(odds).sum();
        int chosen = 0;
        while (chosen < odds.length - 1 && left >= odds[chosen]) {
          left -= odds[chosen++];
        }
        labels[needed[chosen]] = label;
      }
    }
    return labels;
  }

  /** Labels as this world might give them; false for rows not in it. */
  boolean[] labels(int[] rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] labels = new boolean[logits.length];
    for (int row : rows) {
      labels[row] = random.nextDouble() < Logistic.sigmoid(logits[row]);
    }
    return labels;
  }
}
