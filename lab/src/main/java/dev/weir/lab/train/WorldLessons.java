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
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A parametric bootstrap (Efron and Tibshirani, 1993): in worlds drawn from a {@link FittedWorld} the whole pipeline of
 * members and calibrator is fitted again to all folds but one, and how far its logits on that one are from the world's truth
 * is, brought nearer as the bundle's model is, what intervals have to cover. Where the refits' members differ less than the
 * real ones, a world is smoother than the real one, and its errors count for more; what gaps hide stays as it is.
 *
 * <p>Errors of like records go together, so a world is little more than one draw of them however many rows it has. So each
 * world is asked for one fold only, and there are several for each fold: as many rows and refits as if a few worlds were
 * asked for all folds, of many more draws; and what is learnt without a fold never saw that fold's worlds.
 */
final class WorldLessons {
  /* Members of an ensemble in a world. */
  private static final int MEMBERS_MAX = 4;
  /* Members that a world's law comes from. */
  private static final int STOPPED = 2;
  /* Members whose differences are the worlds' detail. */
  private static final int OVERFITTED = 8;
  /* How far off the bundle's model is beside a refit, which has fewer rows and members. The root of the rows' ratio, 4/5, is
  .89; the rest was set on synthetic worlds (docs/adr). */
  private static final double NEARER = 0.85;
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
    this.pool = pool(table, settings);
    this.splits = Picked.of(table.folds().splits(), pool, table.size()).stream()
        .filter(split -> split.judged().length > 0)
        .toList();
    this.members = Math.min(MEMBERS_MAX, settings.members());
    this.worlds = worlds(settings, splits.size(), table.size());
  }

  /** The rows that intervals are learnt from. */
  static int[] pool(TrainingTable table, TrainingSettings settings) {
    return table.sample(settings.rowsMax(), settings.seed() + 3);
  }

  private static int worlds(TrainingSettings settings, int splits, int rows) {
    return splits * (rows < ONE_IS_ENOUGH ? settings.worlds() : 1);
  }

  /** How many models it trains. */
  static int jobs(TrainingSettings settings, int splits, int rows) {
    int members = Math.min(MEMBERS_MAX, settings.members());
    return OVERFITTED + worlds(settings, splits, rows) * (STOPPED + members);
  }

  /**
   * The lessons of all worlds.
   *
   * @param ensemble the real one, whose rounds the worlds' detail is measured by
   * @param kind the calibrator of the pipeline
   * @param real how much the real members differ
   */
  IntervalFit.Lessons learn(
      Members ensemble,
      FallbackFit fallback,
      CalibratorChoice.Kind kind,
      double threshold,
      Disagreement real) {
    List<FittedWorld> drawn = draw(fallback.posterior(table), FittedWorld.rounds(ensemble));
    List<boolean[]> labels = IntStream.range(0, worlds)
        .mapToObj(w -> drawn.get(w).labels(pool, split(w).fitted(), seed(w, 9_999)))
        .toList();
    List<Margins> margins = margins(labels);
    List<double[]> p = IntStream.range(0, worlds)
        .mapToObj(w -> refitted(margins.get(w).mean(), drawn.get(w), w, kind))
        .toList();
    Disagreement refits = disagreement(real, p, margins);
    int size = p.stream().mapToInt(of -> of.length).sum();
    IntervalFit.Lessons lessons = new IntervalFit.Lessons(
        new FeatureMatrix(size, table.inputs().columns() + Intervals.EXTRAS),
        new float[size],
        new int[size],
        new int[size]);
    int next = 0;
    for (int w = 0; w < worlds; w++) {
      FittedWorld world = drawn.get(w);
      SlicePriors priors = table.slices().learn(split(w).fitted(), labels.get(w));
      for (int i = 0; i < p.get(w).length; i++) {
        int row = split(w).judged()[i];
        double refitted = p.get(w)[i];
        double nearer = NEARER * real.ratio(refits, row, refitted);
        double error = world.logits()[row] - world.gaps()[row] - Scorer.clippedLogit(refitted);
        lessons.inputs().set(next, IntervalFit.input(table, row, refitted, priors));
        lessons.errors()[next] = (float) (nearer * error + world.gaps()[row]);
        lessons.cells()[next] = Intervals.cell(table.fragile()[row], refitted >= threshold);
        lessons.rows()[next] = row;
        next++;
      }
    }
    return lessons;
  }

  private Disagreement disagreement(Disagreement real, List<double[]> p, List<Margins> margins) {
    Disagreement refits = real.empty();
    for (int w = 0; w < worlds; w++) {
      for (int i = 0; i < p.get(w).length; i++) {
        refits.add(split(w).judged()[i], p.get(w)[i], margins.get(w), i);
      }
    }
    return refits;
  }

  /** What a world is asked for. */
  private Split split(int world) {
    return splits.get(world % splits.size());
  }

  private List<FittedWorld> draw(LaplacePosterior posterior, int overfittedRounds) {
    Members.Task anew = new Members.Task(pool, table.labels());
    Members overfitted = Members.of(run(
        OVERFITTED, k -> Members.train(table, anew, settings, seed(worlds, k), overfittedRounds)));
    List<LogisticGlm> laws = IntStream.range(0, worlds)
        .mapToObj(w -> posterior.draw(new SplittableRandom(seed(w, 9_997))))
        .toList();
    List<float[]> starts = laws.stream().map(this::start).toList();
    List<Boosting.Model> stopped = run(worlds * STOPPED, job -> {
      int w = job / STOPPED;
      long seed = seed(w, 9_000 + job % STOPPED);
      return Members.train(
          table, new Members.Task(pool, table.labels(), starts.get(w)), settings, seed);
    });
    Completion completion = new Completion(table.records());
    return new ParallelJobs(settings.threads())
        .run(
            worlds,
            w -> FittedWorld.of(
                table,
                pool,
                completion,
                laws.get(w),
                Members.of(stopped.subList(w * STOPPED, (w + 1) * STOPPED)),
                overfitted,
                seed(w, 9_998)),
            done -> {});
  }

  private float[] start(LogisticGlm law) {
    float[] start = new float[table.size()];
    for (int row : pool) {
      start[row] = (float) law.logit(table.values(row));
    }
    return start;
  }

  /** By world: margins of the rows that it is asked for, by position among these. */
  private List<Margins> margins(List<boolean[]> labels) {
    List<float[]> margins = run(worlds * members, job -> {
      int w = job / members;
      long seed = seed(w, job % members);
      Boosting.Model model =
          Members.train(table, new Members.Task(split(w).fitted(), labels.get(w)), settings, seed);
      return Margins.of(model, table.inputs(), split(w).judged());
    });
    return IntStream.range(0, worlds)
        .mapToObj(w ->
            new Margins(margins.subList(w * members, (w + 1) * members).toArray(float[][]::new)))
        .toList();
  }

  private <T> List<T> run(int jobs, IntFunction<T> job) {
    return new ParallelJobs(settings.threads()).run(jobs, job, done -> steps.done("worlds"));
  }

  /**
   * What the pipeline of a world says of the rows that the world is asked for. The real calibrator has the labels of all
   * folds; so this one has as many labels of the one fold, drawn again and again.
   */
  private double[] refitted(
      double[] margins, FittedWorld world, int number, CalibratorChoice.Kind kind) {
    int rows = margins.length;
    int[] judged = split(number).judged();
    double[] repeated = new double[rows * splits.size()];
    boolean[] labels = new boolean[repeated.length];
    for (int again = 0; again < splits.size(); again++) {
      System.arraycopy(margins, 0, repeated, again * rows, rows);
      boolean[] drawn = Picked.of(world.labels(judged, seed(number, 9_900 + again)), judged);
      System.arraycopy(drawn, 0, labels, again * rows, rows);
    }
    Calibrator calibrator = kind.fit(repeated, labels, Weights.ones(repeated.length));
    return Arrays.stream(margins).map(calibrator::probability).toArray();
  }

  private long seed(int world, int job) {
    return (settings.seed() * 1_000_003 + world + 1) * 1_000_003 + job;
  }
}
