package dev.weir.gating.release;

import java.util.List;

/**
 * A release as it travels: a payload and signatures over it (DSSE).
 *
 * @param payloadType {@value #PAYLOAD_TYPE}
 * @param payload canonical JSON of {@link ReleasePayload}
 */
public record Envelope(String payloadType, byte[] payload, List<Signature> signatures) {
  public static final String PAYLOAD_TYPE = "application/vnd.weir.release+json";

  public Envelope {
    signatures = List.copyOf(signatures);
  }

  /** An Ed25519 signature over the payload's pre-authentication encoding. */
  public record Signature(String keyId, byte[] sig) {}

  /** An envelope without signatures. */
  public static Envelope unsigned(ReleasePayload payload) {
    return new Envelope(PAYLOAD_TYPE, payload.bytes(), List.of());
  }
}
