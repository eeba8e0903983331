package dev.weir.gating.signing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Something said, and signatures over it (DSSE v1, secure-systems-lab/dsse).
 *
 * @param payloadType what the payload is, signed along with it
 * @param payload the bytes themselves, never a text that could be written in two ways
 */
public record Envelope(String payloadType, byte[] payload, List<Signature> signatures) {
  public Envelope {
    signatures = List.copyOf(signatures);
  }

  /**
   * An Ed25519 signature over {@link Envelope#toSign}.
   *
   * @param keyId see {@link VerifyingKey#keyId}; a hint only, the signature itself decides
   */
  public record Signature(String keyId, byte[] sig) {}

  /** An envelope without signatures. */
  public static Envelope unsigned(String payloadType, byte[] payload) {
    return new Envelope(payloadType, payload, List.of());
  }

  /** DSSE's pre-authentication encoding: {@code "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body}. */
  public byte[] toSign() {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    byte[] head = ("DSSEv1 " + type.length + " " + payloadType + " " + payload.length + " ")
        .getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + payload.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(payload, 0, all, head.length, payload.length);
    return all;
  }

  /** This envelope with one more signature; a signature by the same key is replaced. */
  public Envelope signedBy(SigningKey key) {
    List<Signature> all = new ArrayList<>(signatures);
    all.removeIf(signature -> signature.keyId().equals(key.keyId()));
    all.add(new Signature(key.keyId(), key.sign(toSign())));
    return new Envelope(payloadType, payload, all);
  }
}
