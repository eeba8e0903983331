package dev.weir.lab.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.policy.Policy;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.corrupt.CorruptionSuite;
import dev.weir.lab.train.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a policy by {@link Goal} in nested folds: the bundle of each fold and the thresholds that go with it follow from
 * the other folds' rows alone, the latter from what was said of those out of fold.
 */
public final class GoalJudge {
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
    CleanOrders orders = new CleanOrders(contestants, floors, watching, seed);
    List<List<CleanOrders.Count>> counts =
        sizes.stream().map(size -> orders.counts(size, threads, progress)).toList();
    List<CleanRun> clean = new ArrayList<>();
    for (int at = 0; at < sizes.size(); at++) {
      List<CleanOrders.Count> ofSize = counts.get(at);
      Batching batching = new Batching(sizes.get(at));
      List<Passage> passages = CleanRun.passages(contestants, batching, threads);
      for (int i = 0; i < accuracies.size(); i++) {
        int accuracy = i;
        clean.add(CleanRun.of(
            String.valueOf(accuracies.get(i)),
            contestants,
            batching,
            floors.get(i),
            passages,
            ofSize.stream()
                .mapToDouble(count -> count.accepted().get(accuracy).coverage())
                .toArray()));
      }
    }
    int hundred = sizes.indexOf(FALSE_HOLD_SIZE);
    List<CleanOrders.Count> ofHundred =
        hundred < 0 ? orders.counts(FALSE_HOLD_SIZE, threads, progress) : counts.get(hundred);
    Goal.FalseHolds holds = ofHundred.stream()
        .map(CleanOrders.Count::holds)
        .reduce(Goal.FalseHolds.NONE, Goal.FalseHolds::plus);
    List<Incident> incidents = new IncidentRun(contestants, clean, seed, watching, repairs)
        .incidents(suite, threads, log, progress);
    List<Goal.Point> points = new ArrayList<>();
    for (int i = 0; i < clean.size(); i++) {
      int accuracy = i % accuracies.size();
      CleanOrders.Count count = counts.get(i / accuracies.size()).stream()
          .reduce(CleanOrders.Count::plus)
          .orElseThrow();
      points.add(point(
          contestants,
          clean.get(i),
          accuracies.get(accuracy),
          floors.get(accuracy),
          count.accepted().get(accuracy),
          holds,
          count.stops(),
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
      Goal.CleanCount count,
      Goal.FalseHolds holds,
      Goal.FalseStops stops,
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
        count,
        holds,
        stops,
        ownOrder,
        Summary.of(own, run.batching().label()),
        own);
  }

  private Goal.FalseStops falseStops(Contestant contestant, Passage passage, Batching batching) {
    return Goal.FalseStops.of(
        new StreamWatch(contestant.arm().bundle().reference().drift(), watching)
            .over(passage, batching),
        passage.size());
  }
}
