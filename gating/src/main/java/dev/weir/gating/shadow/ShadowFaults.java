package dev.weir.gating.shadow;

import dev.weir.gating.decision.Alert;
import dev.weir.gating.release.Release;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Alerts on shadows that cannot decide, one for each shadow. For one thread. */
public final class ShadowFaults {
  private OptionalLong told = OptionalLong.empty();

  /**
   * The alert on a fault; empty where this shadow's was given already.
   *
   * @param what could not be decided, as "batch b, part 7"
   * @param fault in words
   */
  public Optional<Alert> alert(Release shadow, String what, String fault) {
    if (told.isPresent() && told.getAsLong() == shadow.epoch()) {
      return Optional.empty();
    }
    told = OptionalLong.of(shadow.epoch());
    return Optional.of(new Alert(
        Alert.Kind.SHADOW_FAULT,
        shadow.scope() + "@" + shadow.epoch(),
        String.format(
            Locale.ROOT,
            "shadow %s, epoch %d, could not decide %s; active decisions stand, and later faults of this shadow are not told: %s",
            shadow.version(),
            shadow.epoch(),
            what,
            fault)));
  }
}
