package dev.weir.topology.book;

import dev.weir.gating.release.Activation;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.Release;
import dev.weir.gating.release.ReleaseKey;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.schemas.wire.InstanceReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest shadow release of one scope: a newer epoch replaces it at once, even while its
 * bundle is not here. A shadow is no part of the book, so its envelopes move no offset that a decision
 * carries. For one thread.
 */
public final class ShadowKeeper {
  private final Opener opener;
  private final Deque<Opener.Arrival> arrived = new ArrayDeque<>();
  private Optional<Opener.Arrival> waiting = Optional.empty();
  private Optional<Release> shadow = Optional.empty();
  private String said = "";
  private long newestEpoch = -1;

  /**
   * @param name of the instance, in its reports
   * @param instance for the purpose of shadows
   */
  public ShadowKeeper(String name, Activation.Instance instance) {
    this.opener = new Opener(name, instance);
  }

  /** Whether a record of the policy topic is a shadow's, of whatever scope. */
  public static boolean isShadow(byte @Nullable [] key) {
    return key != null
        && ReleaseKey.parse(new String(key, StandardCharsets.UTF_8))
            .filter(parsed -> parsed.purpose() == Purpose.SHADOW)
            .isPresent();
  }

  /** The shadow that the newest envelope asks for; empty where there is none, or its bundle is not here. */
  public Optional<Release> shadow() {
    return shadow;
  }

  /** Takes a shadow's record; a tombstone ends nothing. */
  public void arrive(long offset, byte[] key, byte @Nullable [] value) {
    if (value != null) {
      arrived.add(new Opener.Arrival(offset, key, value));
    }
  }

  /** Deals with what has arrived; what there is to report. */
  public List<InstanceReport> settle(long now) {
    List<InstanceReport> reports = new ArrayList<>();
    while (!arrived.isEmpty()) {
      Opener.Arrival arrival = arrived.remove();
      Activation activation = opener.open(arrival, newestEpoch);
      if (activation instanceof Activation.WaitingForBundle wait) {
        said = wait.why();
        newestEpoch = opener.payload(arrival).map(ReleasePayload::epoch).orElse(newestEpoch);
        waiting = Optional.of(arrival);
        shadow = Optional.empty();
      } else if (activation instanceof Activation.Activated activated) {
        take(activated.release());
      }
      opener.report(arrival, activation, now).ifPresent(reports::add);
    }
    tryAgain(now).ifPresent(reports::add);
    return reports;
  }

  private void take(Release release) {
    newestEpoch = release.epoch();
    waiting = Optional.empty();
    shadow = Optional.of(release);
  }

  /* Its epoch has been counted already. */
  private Optional<InstanceReport> tryAgain(long now) {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    Opener.Arrival arrival = waiting.get();
    Activation activation = opener.open(arrival, newestEpoch - 1);
    if (activation instanceof Activation.WaitingForBundle wait) {
      boolean isNews = !said.equals(wait.why());
      said = wait.why();
      return isNews ? opener.report(arrival, activation, now) : Optional.empty();
    }
    waiting = Optional.empty();
    if (activation instanceof Activation.Activated activated) {
      take(activated.release());
    }
    return opener.report(arrival, activation, now);
  }
}
