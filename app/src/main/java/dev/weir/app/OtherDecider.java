package dev.weir.app;

import dev.weir.gating.verify.Verification;
import dev.weir.model.bundle.Bundle;

/** Whoever decided, where it is not the release that a command was given. */
final class OtherDecider {
  private OtherDecider() {}

  /**
   * Who it was, and what to pass instead.
   *
   * @param loaded the bundle that the command was given
   */
  static String words(Verification.OtherRelease other, Bundle loaded) {
    String release = "release " + other.version() + ", epoch " + other.epoch() + ", ";
    if (!other.bundle().equals(loaded.fingerprint().hex())) {
      return release + "decided with another bundle, " + other.bundle()
          + "; pass its directory as --bundle (weir bundle inspect tells a bundle's fingerprint)";
    }
    return release + "decided by another policy, "
        + Named.shippedPolicy(other.policy(), loaded.definition())
            .map(name -> name + "; pass --policy " + name)
            .orElse(other.policy() + "; pass its file as --policy");
  }
}
