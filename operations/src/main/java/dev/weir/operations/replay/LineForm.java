package dev.weir.operations.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.Seal;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.Domain;
import java.util.List;
import java.util.OptionalLong;

/** Decisions as JSON lines. */
final class LineForm implements LogForm {
  private final LineSeal lineSeal = new LineSeal();

  private static LoggedDecision.Line line(LoggedDecision decision) {
    return (LoggedDecision.Line) decision;
  }

  private static ObjectNode json(LoggedDecision decision) {
    return line(decision).json();
  }

  @Override
  public Heading heading(LoggedPart part) {
    ObjectNode first = json(part.decisions().get(0));
    JsonNode release = first.path("release");
    JsonNode book = release.path("book");
    return new Heading(
        new ReleaseStamp(
            release.path("scope").asText(),
            release.path("version").asText(),
            release.path("epoch").asLong(),
            Fingerprint.ofHex(release.path("policy").asText()),
            Fingerprint.ofHex(release.path("bundle").asText()),
            book.isNumber() ? OptionalLong.of(book.asLong()) : OptionalLong.empty()),
        first.path("semantics").asInt(),
        first.path("engine").asText(),
        first.path("score").isNull(),
        !first.path("masked").isEmpty());
  }

  @Override
  public RecordedPart read(LoggedPart part, Domain domain) {
    return RecordedPart.of(domain, part.decisions().stream().map(LineForm::json).toList());
  }

  @Override
  public List<Said> said(LoggedPart part) {
    return part.decisions().stream()
        .map(LineForm::json)
        .map(json -> new Said(
            json.path("recordId").asText(),
            json.path("route").asText(),
            json.path("probability").asDouble(Double.NaN)))
        .toList();
  }

  /* The seal that a line claims must also be the one of what it says. */
  @Override
  public boolean[] same(LoggedPart part, SealedBatch again) {
    boolean[] same = new boolean[part.decisions().size()];
    for (int i = 0; i < same.length; i++) {
      LoggedDecision.Line recorded = line(part.decisions().get(i));
      Fingerprint seal = again.seals().get(i);
      same[i] = recorded.json().path(Seal.SEAL).asText().equals(seal.hex())
          && (lineSeal.of(recorded.line()).equals(seal) || isSealOf(seal, recorded));
    }
    return same;
  }

  /* Of lines that another writer has written, with 1.0 for 1, say. */
  private static boolean isSealOf(Fingerprint seal, LoggedDecision.Line recorded) {
    return LineReader.whole(recorded).filter(all -> Seal.of(all).equals(seal)).isPresent();
  }

  @Override
  public boolean hasRoot(LoggedPart part, SealedBatch again) {
    String root = again.root().map(Fingerprint::hex).orElse("");
    return part.decisions().stream()
        .allMatch(decision -> json(decision).path(Seal.BATCH_SEAL).asText().equals(root));
  }
}
