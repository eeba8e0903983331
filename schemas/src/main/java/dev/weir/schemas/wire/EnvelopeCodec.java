package dev.weir.schemas.wire;

import dev.weir.gating.signing.Envelope;
import dev.weir.schemas.avro.EnvelopeSignature;
import dev.weir.schemas.avro.ReleaseEnvelope;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Envelopes, of releases and of control orders, as bytes. */
public final class EnvelopeCodec {
  private final SingleObject.Of<ReleaseEnvelope> avro =
      new SingleObject.Of<>("an envelope", ReleaseEnvelope.getClassSchema());

  /** An envelope in Avro's single-object encoding. */
  public byte[] encode(Envelope envelope) {
    return avro.encode(ReleaseEnvelope.newBuilder()
        .setPayloadType(envelope.payloadType())
        .setPayload(ByteBuffer.wrap(envelope.payload()))
        .setSignatures(envelope.signatures().stream()
            .map(signature ->
                new EnvelopeSignature(signature.keyId(), ByteBuffer.wrap(signature.sig())))
            .toList())
        .build());
  }

  /**
   * The envelope in {@code value}.
   *
   * @throws UndecodableRecord whatever is wrong with the bytes
   */
  public Envelope decode(byte @Nullable [] value) {
    ReleaseEnvelope envelope = avro.decode(value);
    return new Envelope(
        envelope.getPayloadType(),
        bytes(envelope.getPayload()),
        envelope.getSignatures().stream()
            .map(signature ->
                new Envelope.Signature(signature.getKeyId(), bytes(signature.getSig())))
            .toList());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
