package dev.weir.schemas.wire;

import dev.weir.gating.decision.SealedBatch;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final byte[] header =
      SingleObject.header(dev.weir.schemas.avro.Decision.getClassSchema());
  private final DecisionWriter writer = new DecisionWriter(header);
  private final DecisionInputReader inputs = new DecisionInputReader();

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
   * What the decision in {@code value} was decided from, without the rest. For one thread at a time.
   *
   * @throws UndecodableRecord whatever is wrong with the bytes
   */
  public DecisionInput input(byte @Nullable [] value) {
    try {
      return value != null
              && Arrays.equals(
                  value, 0, Math.min(value.length, header.length), header, 0, header.length)
          ? inputs.read(value, header.length)
          : DecisionInput.of(avro.decode(value));
    } catch (UndecodableRecord e) {
      throw e;
    } catch (RuntimeException e) {
      // Damaged bytes make it throw many kinds, as Avro itself.
      throw new UndecodableRecord("a decision is cut off or damaged: " + e, e);
    }
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
