package dev.weir.lab.train;

import dev.weir.model.bundle.IntervalsFile;
import dev.weir.model.calibration.Intervals;
import dev.weir.model.calibration.QuantileCalibrator;
import dev.weir.model.calibration.VennAbers;
import dev.weir.model.numeric.Split;
import dev.weir.model.prior.SlicePriors;
import dev.weir.model.score.Scorer;
import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.XgboostJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Fitted intervals.
 *
 * @param intervals the bundle's
 * @param file as the bundle keeps them
 * @param lower by position among the judged rows, p10 around the row's own out-of-fold probability, by intervals that did
 *     not see it; NaN where there are none
 * @param upper p90
 */
record IntervalFit(Intervals intervals, byte[] file, double[] lower, double[] upper) {
  private static final double COVERAGE = 0.80;
  private static final int ROUNDS = 60;
  /* Lessons of like records of one world go together; deeper trees learn single worlds by heart. */
  private static final int DEPTH = 2;
  private static final int ROWS_OF_LEAF_MIN = 100;
  private static final int CELL_MIN = 100;

  /**
   * What intervals are learnt from: in several worlds whose truth is known, rows as the models see them, and how far off
   * the models were.
   *
   * @param inputs the intervals' rows
   * @param errors logit of the true probability − logit p_model
   * @param cells fragility cells
   * @param rows the row of the table that each stems from
   */
  record Lessons(FeatureMatrix inputs, float[] errors, int[] cells, int[] rows) {}

  /**
   * The judged rows as they really are; arrays are by position.
   *
   * @param rows of the table
   * @param extras what the intervals' rows have beside the trees'
   * @param p out of fold
   * @param cells fragility cells
   */
  record Judged(
      TrainingTable table,
      int[] rows,
      FeatureMatrix extras,
      double[] p,
      int[] cells,
      boolean[] labels) {
    float[] sheet() {
      return new float[table.inputs().columns() + extras.columns()];
    }

    /** By row of the table, p; NaN for rows that are not judged. */
    double[] byRow() {
      double[] byRow = new double[table.size()];
      Arrays.fill(byRow, Double.NaN);
      for (int i = 0; i < rows.length; i++) {
        byRow[rows[i]] = p[i];
      }
      return byRow;
    }

    void read(int position, float[] into) {
      table.inputs().read(rows[position], into);
      extras.read(position, into, table.inputs().columns());
    }
  }

  /** The intervals' row of a record that the priors did not count. */
  static float[] input(TrainingTable table, int row, double p, SlicePriors priors) {
    return Scorer.quantileInputs(
        table.inputs().row(row), Scorer.clippedLogit(p), priors.of(table.slices(), row));
  }

  /** A quantile calibrator: pinball loss at .1 and .9 on the errors, then a scale for each cell. */
  static IntervalFit quantile(
      Lessons lessons, Judged judged, TrainingTable table, TrainingSettings settings) {
    int[] judgedRows = table.folds().judged();
    List<Split> splits = table.folds().amongJudged().stream()
        .filter(split ->
            lessonsOf(lessons, rows(split.fitted(), judgedRows), table.size()).length > 0)
        .toList();
    int[] all = IntStream.range(0, lessons.errors().length).toArray();
    List<byte[]> files = new ParallelJobs(settings.threads())
        .run(
            splits.size() + 1,
            job -> {
              int[] of = job == splits.size()
                  ? all
                  : lessonsOf(lessons, rows(splits.get(job).fitted(), judgedRows), table.size());
              return train(lessons, of, table, settings);
            },
            done -> {});
    double[] ratios = new double[all.length];
    Arrays.fill(ratios, Double.NaN);
    for (int s = 0; s < splits.size(); s++) {
      QuantileCalibrator unscaled = calibrator(files.get(s), ones());
      int[] of = lessonsOf(lessons, rows(splits.get(s).judged(), judgedRows), table.size());
      ratios(lessons, of, unscaled, ratios);
    }
    double[] scales = scales(ratios, lessons.cells());
    double[][] ends = noEnds(judgedRows.length);
    for (int s = 0; s < splits.size(); s++) {
      ends(calibrator(files.get(s), scales), judged, splits.get(s).judged(), ends);
    }
    byte[] file = files.get(splits.size());
    return new IntervalFit(calibrator(file, scales), file, ends[0], ends[1]);
  }

  /** Venn–Abers intervals from the judged rows' out-of-fold probabilities and labels. */
  static IntervalFit vennAbers(Judged judged, TrainingTable table) {
    double[][] ends = noEnds(judged.p().length);
    for (Split split : table.folds().amongJudged()) {
      int[] known = known(judged, split.fitted());
      if (known.length > 0) {
        ends(vennAbers(judged, known), judged, split.judged(), ends);
      }
    }
    int[] all = IntStream.range(0, judged.p().length).toArray();
    VennAbers intervals = vennAbers(judged, known(judged, all));
    return new IntervalFit(intervals, IntervalsFile.of(intervals), ends[0], ends[1]);
  }

  /* Where folds go forward in time, the first judged fold has no calibrator that is older. */
  private static int[] known(Judged judged, int[] positions) {
    return IntStream.of(positions).filter(i -> !Double.isNaN(judged.p()[i])).toArray();
  }

  private static VennAbers vennAbers(Judged judged, int[] known) {
    List<VennAbers.Side> sides = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      int wanted = side;
      int[] of =
          IntStream.of(known).filter(i -> judged.cells()[i] >> 1 == wanted).toArray();
      int[] used = of.length < CELL_MIN ? known : of;
      sides.add(VennAbers.learn(
          IntStream.of(used)
              .mapToDouble(i -> Scorer.clippedLogit(judged.p()[i]))
              .toArray(),
          Picked.of(judged.labels(), used)));
    }
    return new VennAbers(sides);
  }

  private static int[] rows(int[] positions, int[] judgedRows) {
    return IntStream.of(positions).map(i -> judgedRows[i]).toArray();
  }

  private static int[] lessonsOf(Lessons lessons, int[] rows, int size) {
    boolean[] wanted = new boolean[size];
    for (int row : rows) {
      wanted[row] = true;
    }
    return IntStream.range(0, lessons.rows().length)
        .filter(i -> wanted[lessons.rows()[i]])
        .toArray();
  }

  private static byte[] train(
      Lessons lessons, int[] of, TrainingTable table, TrainingSettings settings) {
    float[] targets = new float[of.length];
    float[] weights = new float[of.length];
    for (int i = 0; i < of.length; i++) {
      targets[i] = lessons.errors()[of[i]];
      weights[i] = table.fragile()[lessons.rows()[of[i]]] ? (float) settings.fragileWeight() : 1;
    }
    return Boosting.train(
            new Boosting.Examples(lessons.inputs(), of, targets, weights),
            Map.of(
                "objective",
                "reg:quantileerror",
                "quantile_alpha",
                "[0.1,0.9]",
                "max_depth",
                DEPTH,
                "eta",
                0.1,
                "min_child_weight",
                ROWS_OF_LEAF_MIN,
                "max_bin",
                64,
                "seed",
                (int) (settings.seed() & 0x7fffffff)),
            ROUNDS)
        .file();
  }

  private static QuantileCalibrator calibrator(byte[] file, double[] scales) {
    return new QuantileCalibrator(TreeEnsemble.of(List.of(XgboostJson.read(file))), scales);
  }

  private static double[] ones() {
    double[] ones = new double[Intervals.CELLS];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** How many of its distances each error is long. */
  private static void ratios(
      Lessons lessons, int[] of, QuantileCalibrator unscaled, double[] ratios) {
    double[] distances = new double[2];
    float[] input = new float[lessons.inputs().columns()];
    for (int i : of) {
      lessons.inputs().read(i, input);
      unscaled.distances(input, lessons.cells()[i], distances);
      double reach = lessons.errors()[i] < 0 ? distances[0] : distances[1];
      ratios[i] = reach > 0 ? Math.abs(lessons.errors()[i]) / reach : Double.MAX_VALUE;
    }
  }

  /** By cell, the smallest scale that covers enough; over all cells where one has too few to tell. */
  private static double[] scales(double[] ratios, int[] cells) {
    double overall = scale(Arrays.stream(ratios));
    double[] scales = new double[Intervals.CELLS];
    for (int cell = 0; cell < scales.length; cell++) {
      int wanted = cell;
      int[] of = IntStream.range(0, ratios.length)
          .filter(i -> cells[i] == wanted && !Double.isNaN(ratios[i]))
          .toArray();
      scales[cell] =
          of.length < CELL_MIN ? overall : scale(IntStream.of(of).mapToDouble(i -> ratios[i]));
    }
    return scales;
  }

  private static double scale(java.util.stream.DoubleStream ratios) {
    double[] ascending = ratios.filter(ratio -> !Double.isNaN(ratio)).sorted().toArray();
    if (ascending.length == 0) {
      return 1;
    }
    double scale = ascending[(int) Math.ceil(COVERAGE * ascending.length) - 1];
    return scale == Double.MAX_VALUE ? 1 : scale;
  }

  private static double[][] noEnds(int size) {
    double[][] ends = new double[2][size];
    Arrays.fill(ends[0], Double.NaN);
    Arrays.fill(ends[1], Double.NaN);
    return ends;
  }

  private static void ends(Intervals intervals, Judged judged, int[] of, double[][] ends) {
    double[] distances = new double[2];
    float[] input = judged.sheet();
    for (int i : of) {
      judged.read(i, input);
      intervals.distances(input, judged.cells()[i], distances);
      double p50 = Scorer.clipped(judged.p()[i]);
      double logit = Scorer.clippedLogit(p50);
      ends[0][i] = Scorer.lower(p50, logit - distances[0]);
      ends[1][i] = Scorer.upper(p50, logit + distances[1]);
    }
  }
}
