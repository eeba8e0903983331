package dev.weir.lab.evaluate;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.release.Release;
import dev.weir.lab.corrupt.Arrival;
import dev.weir.lab.corrupt.Corruption;
import dev.weir.lab.corrupt.CorruptionSuite;
import dev.weir.lab.corrupt.Strength;
import dev.weir.lab.train.ParallelJobs;
import dev.weir.lab.train.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Puts every corruption at every strength through the gate of each arm, and adds up what happens. */
final class IncidentRun {
  private final List<Contestant> contestants;
  private final List<CleanRun> clean;
  private final long seed;

  /**
   * @param contestants one per arm
   * @param clean one per batch size and point, with what the same gates do on clean rows
   */
  IncidentRun(List<Contestant> contestants, List<CleanRun> clean, long seed) {
    this.contestants = List.copyOf(contestants);
    this.clean = List.copyOf(clean);
    this.seed = seed;
  }

  /** Where one incident is measured. */
  private record Job(int arm, Corruption corruption, Strength strength) {}

  List<Incident> incidents(CorruptionSuite suite, int threads, Progress progress) {
    List<Job> jobs = new ArrayList<>();
    for (int arm = 0; arm < contestants.size(); arm++) {
      for (Corruption corruption : suite.corruptions(contestants.get(arm).arm().bundle())) {
        for (Strength strength : Strength.values()) {
          jobs.add(new Job(arm, corruption, strength));
        }
      }
    }
    List<List<Tally>> tallies = new ParallelJobs(threads)
        .run(
            jobs.size(),
            job -> tallies(jobs.get(job)),
            done -> progress.at("incidents", done, jobs.size()));
    Map<String, Tally> sums = new LinkedHashMap<>();
    for (List<Tally> ofJob : tallies) {
      for (Tally tally : ofJob) {
        sums.merge(tally.key(), tally, Tally::plus);
      }
    }
    return sums.values().stream().map(Tally::incident).toList();
  }

  private List<Tally> tallies(Job job) {
    Contestant contestant = contestants.get(job.arm());
    List<Arrival> arrivals = job.corruption().apply(contestant.arm().rows(), job.strength(), seed);
    Release release = contestant.release();
    Map<Batching, Passage> passages = new HashMap<>();
    List<Tally> tallies = new ArrayList<>();
    for (CleanRun run : clean) {
      Passage passage = passages.computeIfAbsent(
          run.batching(), batching -> Passage.of(release, arrivals, batching));
      tallies.add(new Counting(job, run, passage).tally());
    }
    return tallies;
  }

  /** Counts in one pass. */
  private static final class Counting {
    private final Job job;
    private final CleanRun run;
    private final Passage passage;
    private final double floor;
    private final Map<String, Integer> caughtBy = new HashMap<>();
    private final Map<String, Integer> raised = new HashMap<>();
    private int hit;
    private int held;
    private final int[] gate = new int[2];
    private final int[] plain = new int[2];

    Counting(Job job, CleanRun run, Passage passage) {
      this.job = job;
      this.run = run;
      this.passage = passage;
      this.floor = run.floor(job.arm());
    }

    Tally tally() {
      Map<String, Set<String>> before = run.flagsOf(job.arm());
      for (int row = 0; row < passage.size(); row++) {
        count(row, before);
      }
      return new Tally(
          job.corruption().family().label(),
          job.corruption().name(),
          job.strength().name().toLowerCase(java.util.Locale.ROOT),
          run.point(),
          run.batching().label(),
          passage.size(),
          hit,
          new Incident.Accepted(gate[0], gate[1]),
          new Incident.Accepted(plain[0], plain[1]),
          run.plainError(),
          held,
          caughtBy,
          raised);
    }

    private void count(int row, Map<String, Set<String>> before) {
      boolean isWrong = passage.isWrong(row);
      boolean isPlain = passage.confidence(row) >= run.confidenceMin();
      if (passage.isAccepted(row, floor)) {
        gate[0]++;
        gate[1] += isWrong ? 1 : 0;
      }
      if (isPlain) {
        plain[0]++;
        plain[1] += isWrong ? 1 : 0;
      }
      held += passage.isHeld(row) ? 1 : 0;
      if (passage.arrivals().get(row).isHit()) {
        hit++;
        if (isPlain && !passage.isAccepted(row, floor)) {
          caughtBy.merge(cause(row), 1, Integer::sum);
        }
        passage.decisions().get(row).ifPresent(decision -> raise(decision, before));
      }
    }

    private String cause(int row) {
      Optional<Decision> decision = passage.decisions().get(row);
      if (decision.isEmpty()) {
        return "INVALID";
      }
      if (passage.isHeld(row)) {
        return "HOLD";
      }
      // Accepted by the policy, so that only the higher threshold can have stopped it.
      return decision.get().route() == Route.AUTO_ACCEPT
          ? Reason.MARGIN_LOW.name()
          : decision.get().judgement().reasons().stream()
              .map(Reason::name)
              .findFirst()
              .orElseThrow();
    }

    private void raise(Decision decision, Map<String, Set<String>> before) {
      Set<String> had = before.getOrDefault(decision.recordId(), Set.of());
      for (String flag : decision.flags()) {
        if (!had.contains(flag)) {
          raised.merge(flag, 1, Integer::sum);
        }
      }
    }
  }

  /** What one arm, or all of them, counted. */
  private record Tally(
      String family,
      String corruption,
      String strength,
      String point,
      String batching,
      int received,
      int hit,
      Incident.Accepted gate,
      Incident.Accepted plain,
      double cleanError,
      int held,
      Map<String, Integer> caughtBy,
      Map<String, Integer> raised) {
    String key() {
      return corruption + " " + strength + " " + batching + " " + point;
    }

    Tally plus(Tally other) {
      return new Tally(
          family,
          corruption,
          strength,
          point,
          batching,
          received + other.received,
          hit + other.hit,
          sum(gate, other.gate),
          sum(plain, other.plain),
          cleanError,
          held + other.held,
          sum(caughtBy, other.caughtBy),
          sum(raised, other.raised));
    }

    private static Incident.Accepted sum(Incident.Accepted a, Incident.Accepted b) {
      return new Incident.Accepted(a.records() + b.records(), a.wrong() + b.wrong());
    }

    private static Map<String, Integer> sum(Map<String, Integer> a, Map<String, Integer> b) {
      Map<String, Integer> sum = new HashMap<>(a);
      b.forEach((key, count) -> sum.merge(key, count, Integer::sum));
      return sum;
    }

    Incident incident() {
      int caught = caughtBy.values().stream().mapToInt(Integer::intValue).sum();
      return new Incident(
          family,
          corruption,
          strength,
          point,
          batching,
          received,
          hit,
          gate,
          plain,
          cleanError,
          held,
          shares(caughtBy, caught),
          shares(raised, hit));
    }

    private static Map<String, Double> shares(Map<String, Integer> counts, int of) {
      Map<String, Double> shares = new TreeMap<>();
      counts.forEach((key, count) -> shares.put(key, count / (double) of));
      return shares;
    }
  }
}
