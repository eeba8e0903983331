package dev.weir.operations.replay;

import dev.weir.gating.gate.BatchGate;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.json.CanonicalJson;
import dev.weir.operations.policy.PolicyTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The policy topic of a scope as its instances' books had it (gate.md §11).
 *
 * @param published the readable releases, in the order of their offsets
 * @param trusted who may publish; empty to take every signature as good
 */
public record PublishedBook(List<PolicyTopic.Published> published, Optional<TrustedKeys> trusted) {
  /** Of a log that has no policy topic. */
  public static final PublishedBook NONE = new PublishedBook(List.of(), Optional.empty());

  public PublishedBook {
    published = List.copyOf(published);
  }

  /**
   * What every instance has activated: signed by those who may, above every epoch before, and with a
   * policy that its bundle can run. Of a bundle that is not here the last is taken for granted, since an
   * instance waits for it and does not pass over its release.
   */
  List<PolicyTopic.Published> taken(List<Bundle> bundles) {
    long newest = -1;
    List<PolicyTopic.Published> taken = new ArrayList<>();
    for (PolicyTopic.Published one : published) {
      if (one.payload().epoch() > newest && isGood(one, bundles)) {
        newest = one.payload().epoch();
        taken.add(one);
      }
    }
    return taken;
  }

  private boolean isGood(PolicyTopic.Published one, List<Bundle> bundles) {
    try {
      trusted.ifPresent(keys -> keys.require(one.envelope()));
      bundles.stream()
          .filter(bundle -> bundle.fingerprint().equals(one.payload().bundle()))
          .findFirst()
          .ifPresent(bundle -> requireRunnable(one.payload(), bundle));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void requireRunnable(ReleasePayload payload, Bundle bundle) {
    PolicyFile file =
        PolicyFile.read("policy", CanonicalJson.of(payload.policy()), bundle.definition());
    if (!file.policy().scope().equals(payload.scope())) {
      throw new IllegalArgumentException(
          "the policy is of scope " + file.policy().scope());
    }
    BatchGate unused = BatchGate.of(file.policy(), bundle);
  }
}
