package dev.weir.lab.evaluate;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.release.Release;
import dev.weir.lab.corrupt.Arrival;
import dev.weir.lab.train.ParallelJobs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Every arm's clean rows through its gate in batches of one size, and plain confidence at equal coverage.
 *
 * @param point what the thresholds are set for; empty for the policy as it is
 * @param floors by arm, what the gate asks of every reading's probability besides
 * @param passages one per arm
 * @param confidencesMin by arm, from which on plain confidence accepts as many of the arm's clean rows as its gate does,
 *     ties included: each arm is a model of its own, and one threshold for all would compare their calibrations
 * @param plainAccepted how many that are
 * @param plainWrong how many of those are wrong
 */
record CleanRun(
    String point,
    Batching batching,
    double[] floors,
    List<Passage> passages,
    double[] confidencesMin,
    int plainAccepted,
    int plainWrong,
    List<Map<String, Set<String>>> flags,
    List<Slack> slacks) {
  /** The policy as it is. */
  static CleanRun of(List<Contestant> contestants, Batching batching, int threads) {
    List<Passage> passages = passages(contestants, batching, threads);
    return of(
        "",
        contestants,
        batching,
        new double[contestants.size()],
        passages,
        passages.stream().mapToDouble(CleanRun::coverage).toArray());
  }

  static List<Passage> passages(List<Contestant> contestants, Batching batching, int threads) {
    return new ParallelJobs(threads)
        .run(contestants.size(), i -> pass(contestants.get(i), batching), done -> {});
  }

  /**
   * Passages that were made already, under higher thresholds.
   *
   * @param floors by arm, at least what the contestants' policies ask for
   * @param coverages by arm, the share of its clean rows that plain confidence is to accept
   */
  static CleanRun of(
      String point,
      List<Contestant> contestants,
      Batching batching,
      double[] floors,
      List<Passage> passages,
      double[] coverages) {
    double[] least = new double[passages.size()];
    int plainAccepted = 0;
    int plainWrong = 0;
    for (int arm = 0; arm < least.length; arm++) {
      Passage passage = passages.get(arm);
      least[arm] = least(passage, coverages[arm]);
      for (int row = 0; row < passage.size(); row++) {
        if (passage.confidence(row) >= least[arm]) {
          plainAccepted++;
          plainWrong += passage.isWrong(row) ? 1 : 0;
        }
      }
    }
    return new CleanRun(
        point,
        batching,
        floors,
        passages,
        least,
        plainAccepted,
        plainWrong,
        passages.stream().map(CleanRun::flags).toList(),
        contestants.stream()
            .map(one -> new Slack(one.policy().policy(), one.threshold()))
            .toList());
  }

  private static Passage pass(Contestant contestant, Batching batching) {
    Release release = contestant.release();
    return Passage.of(
        release, contestant.arm().rows().stream().map(Arrival::intact).toList(), batching);
  }

  private static double coverage(Passage passage) {
    return IntStream.range(0, passage.size())
            .filter(row -> passage.isAccepted(row, 0))
            .count()
        / (double) passage.size();
  }

  /** The confidence of the last of as many of the most confident as a coverage asks for; beyond every one for none. */
  private static double least(Passage passage, double coverage) {
    double[] ascending = IntStream.range(0, passage.size())
        .mapToDouble(passage::confidence)
        .sorted()
        .toArray();
    int accepted = (int) Math.rint(coverage * ascending.length);
    return accepted == 0 ? Double.POSITIVE_INFINITY : ascending[ascending.length - accepted];
  }

  private static Map<String, Set<String>> flags(Passage passage) {
    Map<String, Set<String>> flags = new HashMap<>();
    passage
        .decisions()
        .forEach(one -> one.ifPresent(decision -> flags.put(decision.recordId(), of(decision))));
    return flags;
  }

  private static Set<String> of(Decision decision) {
    return Set.copyOf(decision.flags());
  }

  /** By id, the flags that were true of an arm's clean rows. */
  Map<String, Set<String>> flagsOf(int arm) {
    return flags.get(arm);
  }

  /** How an arm's records are ordered. */
  Slack slack(int arm) {
    return slacks.get(arm);
  }

  /** Whether the record checks accept a row, counted through all arms. */
  boolean isSound(int row) {
    int left = row;
    for (Passage passage : passages) {
      if (left < passage.size()) {
        return passage.isSound(left);
      }
      left -= passage.size();
    }
    throw new IllegalArgumentException("no row " + row);
  }

  /** What the gate of an arm asks of every reading's probability besides. */
  double floor(int arm) {
    return floors[arm];
  }

  /** What plain confidence asks of a probability of an arm. */
  double confidenceMin(int arm) {
    return confidencesMin[arm];
  }

  /** Plain confidence's error among the accepted. */
  double plainError() {
    return plainAccepted == 0 ? 0 : plainWrong / (double) plainAccepted;
  }

  Evaluation.HoldRow row() {
    int records = 0;
    int batches = 0;
    int heldBatches = 0;
    int accepted = 0;
    int wrong = 0;
    int held = 0;
    int blind = 0;
    for (int arm = 0; arm < passages.size(); arm++) {
      Passage passage = passages.get(arm);
      records += passage.size();
      batches += passage.batches();
      heldBatches += passage.held();
      for (int row = 0; row < passage.size(); row++) {
        if (passage.isAccepted(row, floors[arm])) {
          accepted++;
          wrong += passage.isWrong(row) ? 1 : 0;
          blind += passage.decisions().get(row).orElseThrow().blind().isPresent() ? 1 : 0;
        }
        held += passage.isHeld(row) ? 1 : 0;
      }
    }
    double n = records;
    return new Evaluation.HoldRow(
        batching.label(),
        batches,
        heldBatches,
        accepted / n,
        accepted == 0 ? 0 : wrong / (double) accepted,
        plainError(),
        (records - accepted - held) / n,
        held / n,
        blind / n);
  }
}
