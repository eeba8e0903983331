package dev.weir.gating.signing;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whose word counts, and how many of them must say the same.
 *
 * <p>Signed while no key is configured: refused. Unsigned while one is: refused (gate.md §11).
 *
 * @param signaturesMin how many different trusted keys must have signed; 0 iff there are no keys
 */
public record TrustedKeys(List<VerifyingKey> keys, int signaturesMin) {
  /** The most signatures that are looked at; an envelope with more is refused. */
  public static final int SIGNATURES_MAX = 16;

  /** No verifier: only what is unsigned is taken, and anybody's. */
  public static final TrustedKeys NONE = new TrustedKeys(List.of(), 0);

  public TrustedKeys {
    keys = List.copyOf(keys);
    long different = keys.stream().map(VerifyingKey::keyId).distinct().count();
    if (different < keys.size()) {
      throw new IllegalArgumentException("a trusted key is given twice; name each once");
    }
    if (keys.isEmpty() ? signaturesMin != 0 : signaturesMin < 1 || signaturesMin > keys.size()) {
      throw new IllegalArgumentException("signaturesMin " + signaturesMin + " is outside ["
          + Math.min(1, keys.size()) + ", " + keys.size() + "], the number of trusted keys");
    }
  }

  /** One signature of any of these keys is enough. */
  public static TrustedKeys anyOf(List<VerifyingKey> keys) {
    return new TrustedKeys(keys, Math.min(1, keys.size()));
  }

  /** Whether signatures are asked for here. */
  public boolean isConfigured() {
    return !keys.isEmpty();
  }

  /** The ids of the trusted keys whose signature over the envelope is good. */
  public Set<String> signers(Envelope envelope) {
    byte[] message = envelope.toSign();
    Set<String> signers = new TreeSet<>();
    for (Envelope.Signature signature : envelope.signatures()) {
      keys.stream()
          .filter(key -> key.keyId().equals(signature.keyId()))
          .filter(key -> key.verifies(message, signature.sig()))
          .forEach(key -> signers.add(key.keyId()));
    }
    return signers;
  }

  /**
   * Requires that enough trusted keys have signed.
   *
   * @throws IllegalArgumentException saying what is wrong and what to do
   */
  public void require(Envelope envelope) {
    if (!isConfigured()) {
      require(
          envelope.signatures().isEmpty(),
          "it is signed, and no verifier is configured here; configure the signer's public key");
      return;
    }
    require(
        !envelope.signatures().isEmpty(),
        "it is not signed, and a verifier is configured here; sign it with a trusted key");
    require(
        envelope.signatures().size() <= SIGNATURES_MAX,
        "it has " + envelope.signatures().size() + " signatures, limit " + SIGNATURES_MAX);
    int good = signers(envelope).size();
    require(
        good >= signaturesMin,
        good + " good signatures by trusted keys, " + signaturesMin + " needed; signed by "
            + named(
                envelope.signatures().stream().map(Envelope.Signature::keyId).toList())
            + ", trusted here " + named(keys.stream().map(VerifyingKey::keyId).toList()));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  private static String named(List<String> keyIds) {
    return keyIds.stream()
        .map(id -> id.length() > 12 ? id.substring(0, 12) + "…" : id)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
