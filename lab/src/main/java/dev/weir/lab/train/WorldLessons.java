package dev.weir.lab.train;

import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.CalibratorChoice;
import dev.weir.model.calibration.Intervals;
import dev.weir.model.glm.LaplacePosterior;
import dev.weir.model.glm.LogisticGlm;
import dev.weir.model.numeric.Split;
import dev.weir.model.numeric.Weights;
import dev.weir.model.prior.SlicePriors;
import dev.weir.model.score.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A parametric bootstrap (Efron and Tibshirani, 1993): in worlds drawn from a {@link FittedWorld} the whole pipeline of
 * members and calibrator is fitted again out of fold, and how far its logits then are from that world's truth is what
 * intervals have to cover.
 */
final class WorldLessons {
  /* Members of an ensemble in a world; the real ones have more, so the intervals err on the wide side. */
  private static final int MEMBERS_MAX = 4;
  /* Members that a world's law comes from, and as many overfitted ones for its detail; two and two. */
  private static final int DETAILS = 4;
  /* So many rows of one world say as much as fewer rows of several. */
  private static final int ONE_IS_ENOUGH = 20_000;

  private final TrainingTable table;
  private final TrainingSettings settings;
  private final Steps steps;
  private final int[] pool;
  private final List<Split> splits;
  private final int members;
  private final int worlds;

  WorldLessons(TrainingTable table, TrainingSettings settings, Steps steps) {
    this.table = table;
    this.settings = settings;
    this.steps = steps;
    this.pool = table.sample(settings.rowsMax(), settings.seed() + 3);
    this.splits = Picked.of(table.folds().splits(), pool, table.size()).stream()
        .filter(split -> split.judged().length > 0)
        .toList();
    this.members = Math.min(MEMBERS_MAX, settings.members());
    this.worlds = worlds(settings, table.size());
  }

  private static int worlds(TrainingSettings settings, int rows) {
    return rows < ONE_IS_ENOUGH ? settings.worlds() : 1;
  }

  /** How many models it trains. */
  static int jobs(TrainingSettings settings, int splits, int rows) {
    int members = Math.min(MEMBERS_MAX, settings.members());
    return worlds(settings, rows) * (2 * DETAILS + members * splits);
  }

  /**
   * The lessons of all worlds.
   *
   * @param ensemble the real one, whose rounds the worlds' detail is measured by
   * @param kind the calibrator of the pipeline
   */
  IntervalFit.Lessons learn(
      Members ensemble, FallbackFit fallback, CalibratorChoice.Kind kind, double threshold) {
    LaplacePosterior posterior = fallback.posterior(table);
    int rounds = FittedWorld.rounds(ensemble);
    List<FittedWorld> drawn =
        IntStream.range(0, worlds).mapToObj(w -> world(posterior, rounds, w)).toList();
    List<boolean[]> labels = IntStream.range(0, worlds)
        .mapToObj(w -> drawn.get(w).labels(pool, seed(w, 9_999)))
        .toList();
    List<Margins> margins = margins(labels);
    int[] rows = splits.stream()
        .flatMapToInt(split -> IntStream.of(split.judged()))
        .sorted()
        .toArray();
    IntervalFit.Lessons lessons = new IntervalFit.Lessons(
        new FeatureMatrix(rows.length * worlds, table.inputs().columns() + Intervals.EXTRAS),
        new float[rows.length * worlds],
        new int[rows.length * worlds],
        new int[rows.length * worlds]);
    for (int w = 0; w < worlds; w++) {
      double[] p = refitted(margins.get(w).mean(), labels.get(w), rows, kind);
      double[] logits = drawn.get(w).logits();
      int next = w * rows.length;
      for (Split split : splits) {
        SlicePriors priors = table.slices().learn(split.fitted(), labels.get(w));
        for (int row : split.judged()) {
          lessons.inputs().set(next, IntervalFit.input(table, row, p[row], priors));
          lessons.errors()[next] = (float) (logits[row] - Scorer.clippedLogit(p[row]));
          lessons.cells()[next] = Intervals.cell(table.fragile()[row], p[row] >= threshold);
          lessons.rows()[next] = row;
          next++;
        }
      }
    }
    return lessons;
  }

  private FittedWorld world(LaplacePosterior posterior, int overfittedRounds, int world) {
    LogisticGlm law = posterior.draw(new SplittableRandom(seed(worlds + world, 9_997)));
    float[] start = new float[table.size()];
    for (int row : pool) {
      start[row] = (float) law.logit(table.values(row));
    }
    Members.Task onward = new Members.Task(pool, table.labels(), start);
    Members stopped = members(k -> Members.train(table, onward, settings, draw(world, k)));
    Members.Task anew = new Members.Task(pool, table.labels());
    Members overfitted =
        members(k -> Members.train(table, anew, settings, draw(world, k), overfittedRounds));
    return FittedWorld.of(table, pool, law, stopped, overfitted, seed(worlds + world, 9_998));
  }

  private Members members(IntFunction<Boosting.Model> member) {
    return Members.of(
        new ParallelJobs(settings.threads()).run(DETAILS, member, done -> steps.done("worlds")));
  }

  private Members.Draw draw(int world, int member) {
    return new Members.Draw(member, seed(worlds + world, member));
  }

  /** By world. */
  private List<Margins> margins(List<boolean[]> labels) {
    int jobsOfWorld = splits.size() * members;
    List<float[]> results = new ParallelJobs(settings.threads())
        .run(
            labels.size() * jobsOfWorld,
            job -> {
              Split split = splits.get(job % jobsOfWorld / members);
              int w = job / jobsOfWorld;
              Members.Draw draw = new Members.Draw(job % members, seed(w, job % jobsOfWorld));
              Boosting.Model model = Members.train(
                  table, new Members.Task(split.fitted(), labels.get(w)), settings, draw);
              return Margins.of(model, table.inputs(), split.judged());
            },
            done -> steps.done("worlds"));
    List<Margins> margins = new ArrayList<>();
    for (int w = 0; w < labels.size(); w++) {
      Margins ofWorld = Margins.empty(members, table.size());
      for (int j = 0; j < jobsOfWorld; j++) {
        ofWorld.put(j % members, splits.get(j / members), results.get(w * jobsOfWorld + j));
      }
      margins.add(ofWorld);
    }
    return margins;
  }

  /** By row of the table, what the pipeline of a world says of its judged rows. */
  private double[] refitted(
      double[] margins, boolean[] labels, int[] rows, CalibratorChoice.Kind kind) {
    Calibrator calibrator =
        kind.fit(Picked.of(margins, rows), Picked.of(labels, rows), Weights.ones(rows.length));
    return Arrays.stream(margins).map(calibrator::probability).toArray();
  }

  private long seed(int world, int job) {
    return (settings.seed() * 1_000_003 + world + 1) * 1_000_003 + job;
  }
}
