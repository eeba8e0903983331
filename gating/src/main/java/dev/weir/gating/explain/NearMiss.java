package dev.weir.gating.explain;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The smallest changes of one field after which the record alone would have passed: each candidate
 * is put into the record and the record decided again, in a batch of the same size.
 */
final class NearMiss {
  private static final int SHOWN = 3;

  /* What does not depend on the record's values. */
  private static final Set<Reason> STOPS = EnumSet.of(
      Reason.KILL_SWITCH,
      Reason.PAUSED,
      Reason.BOOK_STALE,
      Reason.POLICY_EXPIRED,
      Reason.NO_RELEASE_YET,
      Reason.CANARY_BLOCKED);

  private final Gate gate;
  private final Fingerprint policy;
  private final Set<String> changeable;
  private final Candidates candidates;
  private final Checks checks;

  NearMiss(Gate gate, Fingerprint policy, Set<String> changeable) {
    this.gate = gate;
    this.policy = policy;
    this.changeable = Set.copyOf(changeable);
    this.candidates = new Candidates(gate.bundle());
    this.checks = new Checks(gate.policy(), gate.bundle().threshold());
    Domain domain = gate.bundle().definition().domain();
    for (String name : changeable) {
      int field = domain
          .fieldIndex(name)
          .orElseThrow(() -> new IllegalArgumentException("no field '" + name + "' in domain "
              + domain.name() + "; changeable fields are evidence"));
      if (!domain.fields().get(field).role().isEvidence()) {
        throw new IllegalArgumentException(
            "field '" + name + "' is no evidence; changing it changes nothing");
      }
    }
  }

  /** A change, and what was decided of the record with it. */
  private record Trial(Candidates.Change change, Decision decision) {
    boolean passes() {
      return decision.judgement().route() == Route.AUTO_ACCEPT;
    }
  }

  List<String> smallestChanges(RecordedPart part, Decision decision) {
    List<String> standing = decision.judgement().reasons().stream()
        .filter(STOPS::contains)
        .map(Reason::name)
        .toList();
    if (!standing.isEmpty()) {
      return List.of("no change of the record: " + String.join(", ", standing) + " would stand");
    }
    List<Trial> passing = new ArrayList<>();
    List<Trial> failing = new ArrayList<>();
    for (int field : changeableFields()) {
      for (Candidates.Change change : candidates.of(decision, field)) {
        Optional<Trial> trial = trial(part, decision, change);
        if (trial.isPresent() && trial.get().passes()) {
          passing.add(trial.get());
          break;
        }
        trial.ifPresent(failing::add);
      }
    }
    return passing.isEmpty() ? noneOf(failing, checks.of(decision).size()) : smallestOf(passing);
  }

  private int[] changeableFields() {
    Domain domain = gate.bundle().definition().domain();
    return Arrays.stream(domain.evidence())
        .filter(field -> changeable.isEmpty()
            || changeable.contains(domain.fields().get(field).name()))
        .toArray();
  }

  private static List<String> smallestOf(List<Trial> passing) {
    return passing.stream()
        .sorted(Comparator.comparingDouble(found -> found.change().size()))
        .limit(SHOWN)
        .map(found -> "%s, with probability %s"
            .formatted(
                found.change().words(),
                Words.probability(found.decision().judgement().probability())))
        .toList();
  }

  /**
   * What was tried, and what the change leaves that leaves fewest checks failing, the smallest of those.
   *
   * @param failed how many checks fail without any change
   */
  private List<String> noneOf(List<Trial> failing, int failed) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(
        Locale.ROOT,
        "no change of a single field: %d values of %d fields were tried",
        failing.size(),
        failing.stream().map(trial -> trial.change().field()).distinct().count()));
    failing.stream()
        .filter(trial -> leftBy(trial).size() < failed)
        .min(Comparator.comparingInt((Trial trial) -> leftBy(trial).size())
            .thenComparingDouble(trial -> trial.change().size()))
        .ifPresentOrElse(
            nearest -> {
              lines.add("nearest is " + nearest.change().words() + ", which leaves");
              leftBy(nearest).forEach(check -> lines.add("  " + check));
            },
            () -> lines.add("none of them meets one check more"));
    return lines;
  }

  private List<String> leftBy(Trial trial) {
    return checks.of(trial.decision());
  }

  private Optional<Trial> trial(RecordedPart part, Decision decision, Candidates.Change change) {
    RawRecord record = decision.evidence().record();
    Domain domain = record.domain();
    List<String> imputed = new ArrayList<>();
    for (int f = 0; f < domain.fields().size(); f++) {
      if (f != change.field() && (record.imputedUpstream() >>> f & 1) != 0) {
        imputed.add(domain.fields().get(f).name());
      }
    }
    Parsed changed = new RecordParser(domain)
        .typed(
            name -> domain.fieldIndex(name).orElseThrow() == change.field()
                ? change.value()
                : record.received(domain.fieldIndex(name).orElseThrow()).orElse(null),
            imputed);
    if (!(changed instanceof RawRecord raw)) {
      return Optional.empty();
    }
    // Rejected records stand for the others: the checks of a record only ask how many there are.
    Batch alone = new Batch(
        part.batch().id(),
        part.batch().part(),
        part.batch().closeReason(),
        List.of(new Batch.Member(raw, decision.source(), decision.eventTime())),
        part.batch().size() - 1,
        part.batch().latest());
    return Optional.of(
        new Trial(change, part.decide(gate, policy, alone).decisions().get(0)));
  }
}
