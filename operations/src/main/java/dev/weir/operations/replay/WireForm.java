package dev.weir.operations.replay;

import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.Domain;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.DecisionInput;
import dev.weir.schemas.wire.PartReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decisions as the topics have them. */
final class WireForm implements LogForm {
  private final DecisionCodec codec = new DecisionCodec();
  private @Nullable Domain readerOf;
  private @Nullable PartReader reader;

  private static LoggedDecision.Wire wire(LoggedDecision decision) {
    return (LoggedDecision.Wire) decision;
  }

  private static DecisionInput first(LoggedPart part) {
    return wire(part.decisions().get(0)).decision();
  }

  @Override
  public Heading heading(LoggedPart part) {
    DecisionInput first = first(part);
    return new Heading(
        first.release(),
        first.semantics(),
        first.engine(),
        first.reasons().contains(Reason.ENGINE_FAULT),
        first.isMasked());
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
        .map(decision ->
            new Said(decision.recordId(), decision.route().name(), decision.probability()))
        .toList();
  }

  /* A part's seal changes with any of its decisions: each is compared under the recorded one. */
  @Override
  public boolean[] same(LoggedPart part, SealedBatch again) {
    boolean[] same = new boolean[part.decisions().size()];
    Optional<Fingerprint> root = first(part).batchSeal();
    if (root.isEmpty()) {
      return same;
    }
    List<byte[]> encoded = codec.encode(new SealedBatch(again.decisions(), again.seals(), root));
    for (int i = 0; i < same.length; i++) {
      same[i] = Arrays.equals(encoded.get(i), wire(part.decisions().get(i)).bytes());
    }
    return same;
  }

  @Override
  public boolean hasRoot(LoggedPart part, SealedBatch again) {
    Optional<Fingerprint> root = first(part).batchSeal();
    return root.isPresent() && again.root().equals(root);
  }
}
