package dev.weir.gating.gate;

import dev.weir.gating.decision.Masking;
import dev.weir.gating.decision.MaskingKey;
import dev.weir.gating.policy.SampleKeys;
import dev.weir.model.domain.Domain;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What an instance knows and no decision tells.
 *
 * @param samples under which records are chosen for blind review
 * @param masking under which sensitive values are hashed; empty where none are
 */
public record Secrets(SampleKeys samples, Optional<MaskingKey> masking) {
  /** What everybody knows: for demos and tests, and for domains and policies that need no secret. */
  public static final Secrets DEMO = new Secrets(SampleKeys.DEMO, Optional.empty());

  /**
   * What takes the place of the sensitive values of a domain's records.
   *
   * @throws IllegalArgumentException if the domain hashes a field and there is no key
   */
  public UnaryOperator<String> hashing(Domain domain) {
    List<String> hashed = Masking.hashed(domain);
    if (hashed.isEmpty()) {
      return UnaryOperator.identity();
    }
    return masking.orElseThrow(
        () -> new IllegalArgumentException("domain " + domain.name() + " hashes " + hashed
            + ", and no masking key is known here; name its file as keys.masking"))::hash;
  }
}
