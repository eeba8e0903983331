package dev.weir.gating.explain;

import dev.weir.gating.decision.CappedMargin;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Filled;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Route;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Role;
import dev.weir.model.score.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Explains decisions of one release, from nothing but what they carry. */
public final class Explainer {
  private static final int SOURCES_SHOWN = 6;

  private final Gate gate;
  private final Fingerprint policy;
  private final NearMiss nearMiss;
  private final Checks checks;
  private final HeldBatch heldBatch;

  /**
   * @param policy fingerprint of the gate's policy
   * @param changeable the fields whose change could have been asked for; empty for all evidence
   */
  public Explainer(Gate gate, Fingerprint policy, Set<String> changeable) {
    this.gate = gate;
    this.policy = policy;
    this.checks = new Checks(gate.policy(), gate.bundle().threshold());
    this.heldBatch = new HeldBatch(gate.policy().hold(), gate.holdRule());
    this.nearMiss = new NearMiss(gate, policy, changeable);
  }

  /**
   * Explains one record of a batch part.
   *
   * @throws IllegalArgumentException if the part has no such record
   */
  public Explanation explain(RecordedPart part, String recordId) {
    Gate.Outcome outcome = part.decideAgain(gate, policy);
    Decision decision = outcome.decisions().stream()
        .filter(one -> one.recordId().equals(recordId))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "batch " + part.batch().id() + " has no record " + recordId));
    List<Explanation.Section> sections = new ArrayList<>();
    sections.add(seen(decision));
    sections.add(thought(decision));
    sections.add(widened(decision));
    outcome
        .hold()
        .ifPresent(hold ->
            sections.add(new Explanation.Section("What held the batch", heldBatch.lines(hold))));
    sections.add(checks(decision));
    if (decision.judgement().route() != Route.AUTO_ACCEPT) {
      sections.add(new Explanation.Section(
          "What would have passed" + (isHeld(decision) ? ", but for the hold" : ""),
          nearMiss.smallestChanges(part, decision)));
    }
    return new Explanation(headline(decision), sections);
  }

  private static String headline(Decision decision) {
    int size = decision.batch().size();
    return String.format(
        Locale.ROOT,
        "%s %s, predicted %s with probability %s: batch %s (%d %s), release %s, epoch %d",
        decision.recordId(),
        became(decision.route()),
        decision.judgement().predicted(),
        Words.probability(decision.judgement().probability()),
        decision.batch().id(),
        size,
        size == 1 ? "record" : "records",
        decision.release().version(),
        decision.release().epoch());
  }

  private static String became(Route route) {
    return switch (route) {
      case AUTO_ACCEPT -> "was accepted";
      case PRIORITY_AUDIT -> "went to priority audit";
      case HELD -> "is held with its batch";
    };
  }

  private static Explanation.Section seen(Decision decision) {
    Domain domain = decision.evidence().record().domain();
    List<String> received = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (int f = 0; f < domain.fields().size(); f++) {
      Role role = domain.fields().get(f).role();
      if (role.isEvidence() || role.isBrought()) {
        String name = domain.fields().get(f).name();
        decision
            .evidence()
            .record()
            .received(f)
            .ifPresentOrElse(value -> received.add(name + " " + value), () -> absent.add(name));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("received: " + Words.joined(received));
    lines.add("missing: " + Words.joined(absent));
    for (Filled filled : decision.filled()) {
      lines.add("filled in: %s %s (%s)"
          .formatted(
              filled.attribute(),
              filled.value().map(Object::toString).orElse("nothing"),
              filled.method()));
    }
    lines.add("flags: " + Words.joined(decision.flags()));
    if (!decision.unknownFlags().isEmpty()) {
      lines.add(
          "could be true, were the missing fields known: " + Words.joined(decision.unknownFlags()));
    }
    lines.add("fragile: "
        + (decision.judgement().fragile() ? Words.joined(decision.judgement().slices()) : "no"));
    return new Explanation.Section("What was seen", lines);
  }

  private Explanation.Section thought(Decision decision) {
    Score score = decision.score();
    List<String> lines = new ArrayList<>();
    lines.add("model %s, fallback %s, %s of the members agree"
        .formatted(
            Words.probability(score.pModel()),
            Words.probability(score.pGlm()),
            Words.share(score.agreement())));
    lines.add(String.format(
        Locale.ROOT,
        "like records in training: %s of %d (%s)",
        Words.share(decision.prior().muCluster()),
        decision.prior().n(),
        decision.prior().key()));
    double[] shapley = gate.bundle().shapley(decision.evidence());
    if (shapley.length == 0) {
      lines.add("the model does not say what its probability rests on");
    } else {
      lines.add("because, in logits (exact Shapley values):");
      IntStream.range(0, shapley.length)
          .boxed()
          .sorted(Comparator.comparingDouble(j -> -Math.abs(shapley[j])))
          .limit(SOURCES_SHOWN)
          .filter(j -> shapley[j] != 0)
          .forEach(j -> lines.add("  %s %s"
              .formatted(Words.signed(shapley[j]), gate.bundle().sources().get(j))));
    }
    decision.judgement().capped().ifPresent(capped -> lines.add(capped(decision, capped)));
    return new Explanation.Section("What the model thought", lines);
  }

  private static String capped(Decision decision, CappedMargin capped) {
    return decision.judgement().capCauses().isEmpty()
        ? "caps apply and change nothing"
        : "capped (%s), the margin %s becomes %s and the probability %s"
            .formatted(
                Words.joined(
                    decision.judgement().capCauses().stream().map(Enum::name).toList()),
                Words.signed(decision.score().margin()),
                Words.signed(capped.margin()),
                Words.probability(decision.judgement().probability()));
  }

  private static Explanation.Section widened(Decision decision) {
    Judgement judgement = decision.judgement();
    List<String> lines = new ArrayList<>();
    lines.add("the calibrator's interval: %s to %s"
        .formatted(
            Words.probability(decision.score().p10()),
            Words.probability(decision.score().p90())));
    if (judgement.variance().components().isEmpty()) {
      lines.add("nothing widened it");
    }
    judgement
        .variance()
        .components()
        .forEach((name, added) -> lines.add("%s added %s to a variance of %s"
            .formatted(
                name, Words.number(added), Words.number(judgement.variance().base()))));
    lines.add("the gate's interval: %s to %s, %s wide%s"
        .formatted(
            Words.probability(judgement.interval().p10()),
            Words.probability(judgement.interval().p90()),
            Words.probability(judgement.width()),
            judgement.readings().length == 1 ? "" : " at most, capped and uncapped"));
    return new Explanation.Section("What widened the interval", lines);
  }

  private Explanation.Section checks(Decision decision) {
    List<String> lines = new ArrayList<>();
    if (isHeld(decision)) {
      lines.add(
          decision.judgement().route() == Route.AUTO_ACCEPT ? "acceptance:" : "priority audit:");
    }
    lines.addAll(checks.of(decision));
    decision
        .batch()
        .drift()
        .filter(drift -> !drift.alarms())
        .ifPresent(drift -> lines.add("the batch looks like training: " + Words.drift(drift)));
    return new Explanation.Section(
        isHeld(decision) ? "What the record itself would have got" : "Which checks decided", lines);
  }

  private static boolean isHeld(Decision decision) {
    return decision.route() == Route.HELD;
  }
}
