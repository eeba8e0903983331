package dev.weir.topology.book;

import dev.weir.gating.release.Activation;
import dev.weir.gating.release.ReleaseKey;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import dev.weir.schemas.wire.EnvelopeCodec;
import dev.weir.schemas.wire.InstanceReport;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Opens records of the policy topic for one instance, scope and purpose, and writes its reports on
 * them. Whatever is wrong with a record, it is refused and nothing is thrown. For one thread.
 */
final class Opener {
  private final String name;
  private final Activation.Instance instance;
  private final EnvelopeCodec codec = new EnvelopeCodec();

  /** @param name of the instance, in its reports */
  Opener(String name, Activation.Instance instance) {
    this.name = name;
    this.instance = instance;
  }

  /** A record of the policy topic that has a value. */
  record Arrival(long offset, byte @Nullable [] key, byte[] value) {
    String keyText() {
      return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
  }

  /**
   * What becomes of an envelope. Its key says whose it is: whatever is wrong inside another's is not
   * ours to refuse.
   *
   * @param newestEpoch the highest that was activated so far; -1 for none
   */
  Activation open(Arrival arrival, long newestEpoch) {
    Optional<ReleaseKey> other = ReleaseKey.parse(arrival.keyText()).filter(key -> !isOurs(key));
    return other.isPresent()
        ? new Activation.OtherScope(other.get().scope())
        : openOurs(arrival, newestEpoch);
  }

  private boolean isOurs(ReleaseKey key) {
    return key.scope().equals(instance.scope()) && key.purpose() == instance.purpose();
  }

  private Activation openOurs(Arrival arrival, long newestEpoch) {
    try {
      return keyed(arrival, Activation.of(codec.decode(arrival.value()), instance, newestEpoch));
    } catch (UncheckedIOException | BundleUnavailable e) {
      // The disk or the bundle's parts, not the envelope: they may be good at the next poll.
      return payload(arrival)
          .<Activation>map(payload ->
              new Activation.WaitingForBundle(payload.bundle(), String.valueOf(e.getMessage())))
          .orElse(new Activation.Refused(e.toString()));
    } catch (IllegalArgumentException e) {
      return new Activation.Refused(String.valueOf(e.getMessage()));
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      return new Activation.Refused("the engine failed on it: " + e);
    }
  }

  /* Under another key the cleaner could drop it, or it another, and a restart would find less. */
  private Activation keyed(Arrival arrival, Activation activation) {
    if (!(activation instanceof Activation.Activated activated)) {
      return activation;
    }
    String expected = new ReleaseKey(
            instance.scope(), instance.purpose(), activated.release().epoch())
        .toString();
    return arrival.keyText().equals(expected)
        ? activation
        : new Activation.Refused(
            "its key is '" + arrival.keyText() + "' and must be '" + expected + "'");
  }

  /** What an envelope says, whether or not it may; empty where it cannot be read. */
  Optional<ReleasePayload> payload(Arrival arrival) {
    try {
      return Optional.of(ReleasePayload.read(codec.decode(arrival.value()).payload()));
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /** The report on what became of an envelope; empty where it is none of ours. */
  Optional<InstanceReport> report(Arrival arrival, Activation activation, long now) {
    if (activation instanceof Activation.Activated) {
      return Optional.of(report(arrival, InstanceReport.State.ACTIVATED, "", now));
    }
    if (activation instanceof Activation.WaitingForBundle wait) {
      return Optional.of(report(
          arrival,
          InstanceReport.State.WAITING_FOR_BUNDLE,
          "bundle " + wait.bundle() + " " + wait.why(),
          now));
    }
    return activation instanceof Activation.Refused refused
        ? Optional.of(report(arrival, InstanceReport.State.REFUSED, refused.reason(), now))
        : Optional.empty();
  }

  private InstanceReport report(
      Arrival arrival, InstanceReport.State state, String reason, long now) {
    Optional<ReleasePayload> payload = payload(arrival);
    return new InstanceReport(
        name,
        instance.purpose().named(instance.scope()),
        arrival.offset(),
        payload.map(p -> OptionalLong.of(p.epoch())).orElse(OptionalLong.empty()),
        payload.map(ReleasePayload::version),
        state,
        reason,
        payload.map(p -> Fingerprint.of(CanonicalJson.of(p.policy()))),
        payload.map(ReleasePayload::bundle),
        now);
  }
}
