package dev.weir.operations.replay;

import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.Domain;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.avro.Reason;
import dev.weir.schemas.avro.ReleaseUsed;
import dev.weir.schemas.avro.Sha256;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.PartReader;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Decisions as the topics have them. */
final class WireForm implements LogForm {
  private final DecisionCodec codec = new DecisionCodec();
  private @Nullable Domain readerOf;
  private @Nullable PartReader reader;

  private static LoggedDecision.Wire wire(LoggedDecision decision) {
    return (LoggedDecision.Wire) decision;
  }

  private static Decision first(LoggedPart part) {
    return wire(part.decisions().get(0)).decision();
  }

  @Override
  public Heading heading(LoggedPart part) {
    Decision first = first(part);
    ReleaseUsed release = first.getRelease();
    return new Heading(
        new ReleaseStamp(
            release.getScope(),
            release.getVersion(),
            release.getEpoch(),
            fingerprint(release.getPolicy()),
            fingerprint(release.getBundle()),
            release.getBook() == null ? OptionalLong.empty() : OptionalLong.of(release.getBook())),
        first.getSemantics(),
        first.getEngine(),
        first.getReasons().contains(Reason.ENGINE_FAULT),
        !first.getMasked().isEmpty());
  }

  private static Fingerprint fingerprint(Sha256 sha256) {
    return new Fingerprint(HexFormat.of().formatHex(sha256.bytes()));
  }

  @Override
  public RecordedPart read(LoggedPart part, Domain domain) {
    PartReader known = reader;
    if (known == null || readerOf != domain) {
      known = new PartReader(domain);
      reader = known;
      readerOf = domain;
    }
    return known.read(
        part.decisions().stream().map(decision -> wire(decision).decision()).toList());
  }

  @Override
  public List<Said> said(LoggedPart part) {
    return part.decisions().stream()
        .map(logged -> wire(logged).decision())
        .map(decision -> new Said(
            decision.getRecordId(),
            decision.getRoute().name(),
            decision.getProbability() == null ? Double.NaN : decision.getProbability()))
        .toList();
  }

  /* A part's seal changes with any of its decisions: each is compared under the recorded one. */
  @Override
  public boolean[] same(LoggedPart part, SealedBatch again) {
    boolean[] same = new boolean[part.decisions().size()];
    Sha256 root = first(part).getBatchSeal();
    if (root == null) {
      return same;
    }
    List<byte[]> encoded = codec.encode(
        new SealedBatch(again.decisions(), again.seals(), Optional.of(fingerprint(root))));
    for (int i = 0; i < same.length; i++) {
      same[i] = Arrays.equals(encoded.get(i), wire(part.decisions().get(i)).bytes());
    }
    return same;
  }

  @Override
  public boolean hasRoot(LoggedPart part, SealedBatch again) {
    Sha256 root = first(part).getBatchSeal();
    return root != null && again.root().equals(Optional.of(fingerprint(root)));
  }
}
