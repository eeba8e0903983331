package dev.weir.lab.evaluate;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Route;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.release.Release;
import dev.weir.lab.corrupt.Arrival;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stream that went through a gate.
 *
 * @param decisions by arrival; empty where it was invalid, so that nothing accepts it
 * @param batches how many there were
 * @param held how many of them were held
 */
record Passage(
    List<Arrival> arrivals,
    List<Optional<Decision>> decisions,
    int batches,
    int held,
    double threshold) {
  private static final String STREAM = "evaluation";

  static Passage of(Release release, List<Arrival> arrivals, Batching batching) {
    List<Optional<Decision>> decisions =
        new ArrayList<>(Collections.nCopies(arrivals.size(), Optional.empty()));
    int held = 0;
    List<List<Integer>> batches = batching.batches(arrivals);
    for (List<Integer> positions : batches) {
      List<Batch.Member> members = new ArrayList<>(positions.size());
      List<Integer> valid = new ArrayList<>(positions.size());
      for (int at : positions) {
        if (arrivals.get(at).parsed() instanceof RawRecord record) {
          members.add(new Batch.Member(record, new Position(STREAM, 0, at), 0));
          valid.add(at);
        }
      }
      int first = positions.get(0);
      Gate.Outcome outcome = release.decide(
          Controls.NONE,
          new Batch(
              String.valueOf(first),
              first,
              CloseReason.SIZE,
              members,
              positions.size() - members.size(),
              0),
          OptionalLong.empty());
      held += outcome.hold().isPresent() ? 1 : 0;
      for (int i = 0; i < valid.size(); i++) {
        decisions.set(valid.get(i), Optional.of(outcome.decisions().get(i)));
      }
    }
    return new Passage(
        arrivals,
        Collections.unmodifiableList(decisions),
        batches.size(),
        held,
        release.gate().bundle().threshold());
  }

  int size() {
    return arrivals.size();
  }

  /**
   * Whether it is accepted by a gate that asks for more.
   *
   * @param floor what every reading's probability of its class must be, at least what the policy asks for; 0 for no more
   */
  boolean isAccepted(int row, double floor) {
    return decisions.get(row).isPresent()
        && decisions.get(row).get().route() == Route.AUTO_ACCEPT
        && reaches(row, floor);
  }

  private boolean reaches(int row, double floor) {
    for (double p : decisions.get(row).orElseThrow().judgement().readings()) {
      if (confidence(p) < floor) {
        return false;
      }
    }
    return true;
  }

  /** Whether its own checks accept it, its batch's hold left aside. */
  boolean isSound(int row) {
    return decisions.get(row).isPresent()
        && decisions.get(row).get().judgement().route() == Route.AUTO_ACCEPT;
  }

  /** The same of a gate that asks for more. */
  boolean isSound(int row, double floor) {
    return isSound(row) && reaches(row, floor);
  }

  boolean isHeld(int row) {
    return decisions.get(row).isPresent() && decisions.get(row).get().route() == Route.HELD;
  }

  /** The probability of the predicted class; 0 where the record was invalid. */
  double confidence(int row) {
    return decisions.get(row).map(d -> confidence(d.score().pModel())).orElse(0.0);
  }

  private double confidence(double p) {
    return p >= threshold ? p : 1 - p;
  }

  /** Whether the predicted class is not the outcome; an invalid record has no prediction, which counts as right. */
  boolean isWrong(int row) {
    return decisions.get(row).isPresent()
        && decisions.get(row).get().score().pModel() >= threshold
            != arrivals.get(row).origin().label().orElseThrow();
  }
}
