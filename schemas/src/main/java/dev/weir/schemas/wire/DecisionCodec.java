package dev.weir.schemas.wire;

import dev.weir.gating.decision.SealedBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as bytes. Contributions follow the manifest of the bundle that the decision names.
 */
public final class DecisionCodec {
  private final SingleObject.Of<dev.weir.schemas.avro.Decision> avro = new SingleObject.Of<>(
      "a decision",
      dev.weir.schemas.avro.Decision.getClassSchema(),
      List.of(SingleObject.Of.older("Decision.v1")));
  private final DecisionWriter writer =
      new DecisionWriter(SingleObject.header(dev.weir.schemas.avro.Decision.getClassSchema()));

  /**
   * The decisions of a batch part with their seals, each in Avro's single-object encoding. The same
   * decisions give the same bytes. For one thread at a time.
   */
  public List<byte[]> encode(SealedBatch batch) {
    List<byte[]> encoded = new ArrayList<>(batch.decisions().size());
    for (int i = 0; i < batch.decisions().size(); i++) {
      encoded.add(writer.write(
          batch.decisions().get(i), batch.seals().get(i), batch.root().orElseThrow()));
    }
    return encoded;
  }

  /**
   * The audit of a record whose batch could not be decided, reason ENGINE_FAULT. For one thread at a
   * time.
   */
  public byte[] encode(EngineFault fault) {
    return writer.write(fault);
  }

  /**
   * The decision in {@code value}.
   *
   * @throws UndecodableRecord whatever is wrong with the bytes
   */
  public dev.weir.schemas.avro.Decision decode(byte @Nullable [] value) {
    return avro.decode(value);
  }
}
