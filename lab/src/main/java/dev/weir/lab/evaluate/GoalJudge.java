package dev.weir.lab.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.policy.Policy;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.corrupt.Arrival;
import dev.weir.lab.corrupt.CorruptionSuite;
import dev.weir.lab.train.ParallelJobs;
import dev.weir.lab.train.Progress;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Judges a policy by {@link Goal} in nested folds: the bundle of each fold and the thresholds that go with it follow from
 * the other folds' rows alone, the latter from what was said of those out of fold.
 */
public final class GoalJudge {
  /* Both thresholds of gate and plain confidence are then matched on clean judged rows, without their labels. */
  private static final int ORDERS = 10;
  private static final int FALSE_HOLD_SIZE = 100;

  private final List<Double> accuracies;
  private final List<Integer> sizes;
  private final long seed;
  private final Watching watching;
  private final boolean repairs;
  private final int threads;
  private final IncidentLog log;
  private final Progress progress;

  /**
   * @param accuracies of the accepted, each in (0.5, 1)
   * @param sizes of the batches in which incidents are tried
   * @param watching what stands beside the gate
   * @param repairs whether records after an order are decided again without the field that it names
   * @param log where finished incidents are kept until all are
   */
  public GoalJudge(
      List<Double> accuracies,
      List<Integer> sizes,
      long seed,
      Watching watching,
      boolean repairs,
      int threads,
      IncidentLog log,
      Progress progress) {
    this.accuracies = List.copyOf(accuracies);
    this.sizes = List.copyOf(sizes);
    this.seed = seed;
    this.watching = watching;
    this.repairs = repairs;
    this.threads = threads;
    this.log = log;
    this.progress = progress;
  }

  /**
   * Judges one policy, whose own accept thresholds give way to those that the accuracies ask for.
   *
   * @throws IllegalArgumentException if an arm has no rows to choose on
   */
  public Goal judge(List<Arm> arms, PolicyFile policy, String name, CorruptionSuite suite) {
    List<double[]> floors =
        accuracies.stream().map(accuracy -> floors(arms, accuracy)).toList();
    List<Contestant> contestants = new ArrayList<>();
    for (int arm = 0; arm < arms.size(); arm++) {
      Contestant asItIs = Contestant.of(arms.get(arm), policy);
      int at = arm;
      double least = floors.stream().mapToDouble(floor -> floor[at]).min().orElseThrow();
      contestants.add(asItIs.with(accepting(asItIs, least)));
    }
    FalseAlarms shuffled = inRandomOrders(contestants);
    List<CleanRun> clean = new ArrayList<>();
    for (int size : sizes) {
      Batching batching = new Batching(size);
      List<Passage> passages = CleanRun.passages(contestants, batching, threads);
      for (int i = 0; i < accuracies.size(); i++) {
        clean.add(CleanRun.of(
            String.valueOf(accuracies.get(i)), contestants, batching, floors.get(i), passages));
      }
    }
    List<Incident> incidents = new IncidentRun(contestants, clean, seed, watching, repairs)
        .incidents(suite, threads, log, progress);
    List<Goal.Point> points = new ArrayList<>();
    for (int i = 0; i < clean.size(); i++) {
      int accuracy = i % accuracies.size();
      points.add(point(
          contestants,
          clean.get(i),
          accuracies.get(accuracy),
          floors.get(accuracy),
          shuffled,
          incidents));
    }
    return new Goal(name, Role.ofArms(arms), points);
  }

  private static double[] floors(List<Arm> arms, double accuracy) {
    return arms.stream()
        .mapToDouble(arm -> arm.choosing()
            .orElseThrow(() -> new IllegalArgumentException(
                "thresholds of a goal are chosen on rows that do not judge; give --folds"))
            .confidenceFor(accuracy, arm.bundle().threshold()))
        .toArray();
  }

  private static ObjectNode accepting(Contestant contestant, double floor) {
    ObjectNode json = contestant.json();
    Policy.Accept given = contestant.policy().policy().accept();
    ObjectNode accept = json.putObject("accept");
    accept.put("true", Math.max(contestant.threshold(), floor));
    accept.put("false", Math.min(contestant.threshold(), 1 - floor));
    accept.put("width", given.width());
    accept.put("confidence", given.confidence());
    return json;
  }

  private Goal.Point point(
      List<Contestant> contestants,
      CleanRun run,
      double accuracy,
      double[] floors,
      FalseAlarms shuffled,
      List<Incident> incidents) {
    int records = 0;
    int accepted = 0;
    int wrong = 0;
    Goal.FalseStops ownOrder = Goal.FalseStops.NONE;
    for (int arm = 0; arm < floors.length; arm++) {
      Passage passage = run.passages().get(arm);
      records += passage.size();
      ownOrder = ownOrder.plus(falseStops(contestants.get(arm), passage, run.batching()));
      for (int row = 0; row < passage.size(); row++) {
        if (passage.confidence(row) >= floors[arm]) {
          accepted++;
          wrong += passage.isWrong(row) ? 1 : 0;
        }
      }
    }
    List<Incident> own = incidents.stream()
        .filter(incident -> incident.point().equals(run.point())
            && incident.batching().equals(run.batching().label()))
        .toList();
    return new Goal.Point(
        accuracy,
        accepted / (double) records,
        accepted == 0 ? 0 : wrong / (double) accepted,
        run.row(),
        shuffled.holds(),
        shuffled.stops(),
        ownOrder,
        Summary.of(own, run.batching().label()),
        own);
  }

  /** What is taken for broken though it is not. */
  private record FalseAlarms(Goal.FalseHolds holds, Goal.FalseStops stops) {
    static final FalseAlarms NONE = new FalseAlarms(Goal.FalseHolds.NONE, Goal.FalseStops.NONE);

    FalseAlarms plus(FalseAlarms other) {
      return new FalseAlarms(holds.plus(other.holds), stops.plus(other.stops));
    }
  }

  /** One job for each arm and order. */
  private FalseAlarms inRandomOrders(List<Contestant> contestants) {
    return new ParallelJobs(threads)
            .run(
                contestants.size() * ORDERS,
                job -> inRandomOrder(contestants.get(job / ORDERS), seed + job % ORDERS),
                done -> progress.at("clean orders", done, contestants.size() * ORDERS))
            .stream()
            .reduce(FalseAlarms.NONE, FalseAlarms::plus);
  }

  private FalseAlarms inRandomOrder(Contestant contestant, long orderSeed) {
    List<Arrival> arrivals = shuffled(contestant.arm().rows(), orderSeed);
    int whole = arrivals.size() / FALSE_HOLD_SIZE * FALSE_HOLD_SIZE;
    Batching batching = new Batching(FALSE_HOLD_SIZE);
    Passage passage = Passage.of(contestant.release(), arrivals.subList(0, whole), batching);
    return new FalseAlarms(
        new Goal.FalseHolds(passage.batches(), passage.held()),
        falseStops(contestant, passage, batching));
  }

  private Goal.FalseStops falseStops(Contestant contestant, Passage passage, Batching batching) {
    return Goal.FalseStops.of(
        new StreamWatch(contestant.arm().bundle().reference().drift(), watching)
            .over(passage, batching),
        passage.size());
  }

  private static List<Arrival> shuffled(List<RawRecord> records, long seed) {
    Map<String, List<RawRecord>> groups = new LinkedHashMap<>();
    records.forEach(
        record -> groups.computeIfAbsent(record.group(), g -> new ArrayList<>()).add(record));
    List<List<RawRecord>> order = new ArrayList<>(groups.values());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = order.size() - 1; i > 0; i--) {
      java.util.Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order.stream().flatMap(List::stream).map(Arrival::intact).toList();
  }
}
