package dev.weir.operations.replay;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.decision.Sealer;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.policy.Policy;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.model.domain.Domain;
import dev.weir.schemas.registry.PayloadReader;
import java.util.List;
import java.util.Optional;

/** Decides one part after another again and says how each decision came out. For one thread. */
final class PartReplay {
  private final Releases releases;
  private final LogForm form;
  private final RawRecords raw;
  private final Sealer sealer = new Sealer();

  PartReplay(Releases releases, LogForm form, PayloadReader payloads) {
    this.releases = releases;
    this.form = form;
    this.raw = new RawRecords(payloads);
  }

  ReplayReport replay(LoggedPart part) {
    if (!part.isWhole()) {
      return all(
          part,
          Cause.MISSING_INPUT,
          part.decisions().size() + " of "
              + part.decisions().get(0).decisionsInPart() + " decisions"
              + (part.records().isPresent() ? ", and the part's records, are on the topics" : ""));
    }
    LogForm.Heading heading = form.heading(part);
    Optional<Releases.Choice> choice =
        releases.choose(heading.release(), part.decisions().get(0).time());
    if (choice.isEmpty()) {
      return all(
          part,
          Cause.MISSING_INPUT,
          "policy " + heading.release().policy().abbreviated()
              + "… of release " + heading.release().version()
              + " is neither published nor shipped; give it by --policy or --release");
    }
    if (heading.isFault()) {
      return all(part, Cause.UNEXPLAINED, "an engine fault, of which nothing was decided");
    }
    try {
      return decided(part, heading, choice.get());
    } catch (IllegalArgumentException e) {
      return all(part, cause(heading, choice.get(), false), "not decidable: " + e.getMessage());
    }
  }

  private ReplayReport decided(LoggedPart part, LogForm.Heading heading, Releases.Choice choice) {
    Domain domain = choice.gate().bundle().definition().domain();
    RecordedPart recorded = form.read(part, domain);
    Batch batch = part.records()
        .map(records -> raw.batch(part.key(), recorded, records, choice.gate()))
        .orElse(recorded.batch());
    boolean isOtherBatch = part.records().isPresent() && !isAlike(batch, recorded.batch());
    SealedBatch again = sealer.seal(choice
        .gate()
        .decide(heading.release(), recorded.ofTheMoment(), recorded.controls(), batch)
        .decisions());
    Cause otherwise = cause(heading, choice, isOtherBatch);
    if (again.decisions().size() != part.decisions().size()) {
      return all(
          part,
          otherwise,
          again.decisions().size() + " decisions of " + part.decisions().size()
              + " came out again");
    }
    boolean[] same = form.same(part, again);
    int differing = 0;
    for (boolean one : same) {
      differing += one ? 0 : 1;
    }
    if (differing == 0) {
      return form.hasRoot(part, again)
          ? ReplayReport.part(Cause.SAME, same.length, "")
          : all(part, Cause.UNEXPLAINED, "the part's seal is not over its decisions");
    }
    return differing(part, same, again, otherwise);
  }

  /** Members are compared where they are recorded: by place and time, not by erased values. */
  private static boolean isAlike(Batch one, Batch other) {
    return one.rejected() == other.rejected()
        && one.latest() == other.latest()
        && one.records().stream()
            .map(Batch.Member::source)
            .toList()
            .equals(other.records().stream().map(Batch.Member::source).toList());
  }

  private static Cause cause(
      LogForm.Heading heading, Releases.Choice choice, boolean isOtherBatch) {
    if (heading.semantics() != Policy.SEMANTICS || !heading.engine().equals(Decision.ENGINE)) {
      return Cause.SEMANTICS;
    }
    if (choice.isLate()) {
      return Cause.LATE_POLICY;
    }
    if (!choice.gate().bundle().fingerprint().equals(heading.release().bundle())) {
      return Cause.BUNDLE;
    }
    if (!choice.policy().equals(heading.release().policy())) {
      return Cause.POLICY;
    }
    if (isOtherBatch) {
      return Cause.BATCHING;
    }
    return heading.isMasked() ? Cause.MASKED : Cause.UNEXPLAINED;
  }

  private ReplayReport differing(LoggedPart part, boolean[] same, SealedBatch again, Cause cause) {
    List<LogForm.Said> said = form.said(part);
    ReplayReport report = ReplayReport.part(Cause.SAME, 0, "");
    for (int i = 0; i < same.length; i++) {
      report = same[i]
          ? report.and(Cause.SAME, 1, "")
          : report.and(cause, 1, told(said.get(i), again.decisions().get(i), part));
    }
    return report;
  }

  private static String told(LogForm.Said said, Decision again, LoggedPart part) {
    String what;
    if (!said.route().equals(again.route().name())) {
      what = said.route() + ", again " + again.route();
    } else if (said.probability() != again.judgement().probability()) {
      what =
          "probability " + said.probability() + ", again " + again.judgement().probability();
    } else {
      what = "the same route and probability, other provenance";
    }
    return "record " + said.recordId() + " in " + part.key() + ": " + what;
  }

  private static ReplayReport all(LoggedPart part, Cause cause, String why) {
    return ReplayReport.part(cause, part.decisions().size(), "part " + part.key() + ": " + why);
  }
}
