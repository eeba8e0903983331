package dev.weir.gating.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.Spelling;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.bundle.RawJson;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The input of {@code decide}, read back from the decisions of one batch part.
 *
 * @param ofTheMoment findings that the release's dates decided, which a decision does not carry
 * @param release what the decisions say of the release, but for its fingerprints
 */
public record RecordedPart(
    Batch batch, Controls controls, Set<Reason> ofTheMoment, ReleaseName release) {
  private static final Set<Reason> OF_THE_MOMENT =
      EnumSet.of(Reason.POLICY_EXPIRED, Reason.NO_RELEASE_YET);

  /** A release as people and the book know it. */
  public record ReleaseName(String scope, String version, long epoch, OptionalLong book) {}

  /**
   * Reads a whole part.
   *
   * @param decisions JSON objects with the names of gate.md §12, in batch order; at least one
   * @throws IllegalArgumentException if what they carry is no batch of the domain's records
   */
  public static RecordedPart of(Domain domain, List<ObjectNode> decisions) {
    ObjectNode first = decisions.get(0);
    RecordParser parser = new RecordParser(domain);
    List<Batch.Member> members = new ArrayList<>();
    decisions.forEach(decision -> members.add(member(domain, parser, decision)));
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    first
        .path("reasons")
        .forEach(reason -> reasons.add(Spelling.read(Reason.class, "reason", reason.asText())));
    JsonNode release = first.path("release");
    return new RecordedPart(
        new Batch(
            first.path("batchId").asText(),
            first.path("batchPart").asLong(),
            Spelling.read(
                CloseReason.class, "closeReason", first.path("closeReason").asText()),
            members,
            first.path("rejectedInBatch").asInt(),
            first.path("batchTime").asLong()),
        controls(first),
        ofTheMoment(reasons),
        new ReleaseName(
            release.path("scope").asText(),
            release.path("version").asText(),
            release.path("epoch").asLong(),
            optional(release.path("book"))));
  }

  /** Those of a decision's reasons that its release's dates decided. */
  public static Set<Reason> ofTheMoment(Set<Reason> reasons) {
    Set<Reason> found = EnumSet.copyOf(OF_THE_MOMENT);
    found.retainAll(reasons);
    return found;
  }

  /**
   * Decides the part again.
   *
   * @param policy fingerprint of the gate's policy
   */
  public Gate.Outcome decideAgain(Gate gate, Fingerprint policy) {
    return decide(gate, policy, batch);
  }

  /** Decides another batch as this part was decided. */
  public Gate.Outcome decide(Gate gate, Fingerprint policy, Batch other) {
    ReleaseStamp stamp = new ReleaseStamp(
        release.scope(),
        release.version(),
        release.epoch(),
        policy,
        gate.bundle().fingerprint(),
        release.book());
    return gate.decide(stamp, ofTheMoment, controls, other);
  }

  private static Batch.Member member(Domain domain, RecordParser parser, ObjectNode decision) {
    Set<String> imputed = new LinkedHashSet<>();
    for (JsonNode filled : decision.path("imputation")) {
      if (filled.path("method").asText().equals("upstream")) {
        imputed.add(fieldOf(domain, filled.path("field").asText()));
      }
    }
    Parsed parsed = parser.typed(
        field -> RawJson.value(decision.path("raw").path(field)), List.copyOf(imputed));
    if (!(parsed instanceof RawRecord record)) {
      throw new IllegalArgumentException(
          decision.path("recordId").asText() + ": raw values are invalid: " + parsed);
    }
    JsonNode source = decision.path("source");
    return new Batch.Member(
        record,
        new Position(
            source.path("topic").asText(),
            source.path("partition").asInt(),
            source.path("offset").asLong()),
        decision.path("eventTime").asLong());
  }

  /* The field of an attribute, which may be a part of it; of a name that is none, the name. */
  private static String fieldOf(Domain domain, String attribute) {
    OptionalInt index = domain.attributeIndex(attribute);
    return index.isEmpty()
        ? attribute
        : domain.fields().get(domain.attributes().get(index.getAsInt()).field()).name();
  }

  private static Controls controls(ObjectNode decision) {
    JsonNode controls = decision.path("controls");
    List<String> active = new ArrayList<>();
    controls.path("active").forEach(name -> active.add(name.asText()));
    return Controls.of(new ControlStamp(optional(controls.path("offset")), active));
  }

  private static OptionalLong optional(JsonNode json) {
    return json.isNumber() ? OptionalLong.of(json.asLong()) : OptionalLong.empty();
  }
}
