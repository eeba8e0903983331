package dev.weir.topology.book;

import dev.weir.gating.release.Activation;
import dev.weir.gating.release.ReleaseBook;
import dev.weir.gating.release.ReleaseKey;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import dev.weir.schemas.wire.EnvelopeCodec;
import dev.weir.schemas.wire.InstanceReport;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Works through the policy topic in the order of its offsets. For one thread.
 *
 * <p>An envelope that waits for its bundle holds back those behind it, so that the book's offset
 * says exactly what is in the book. Whatever else is wrong with a record, it is refused and the next
 * one has its turn.
 */
final class BookKeeper {
  private final String name;
  private final Activation.Instance instance;
  private final EnvelopeCodec codec = new EnvelopeCodec();
  private final Deque<Arrival> waiting = new ArrayDeque<>();
  private ReleaseBook book = ReleaseBook.EMPTY;
  private long reportedAsWaiting = -1;

  /** @param name of the instance, in its reports */
  BookKeeper(String name, Activation.Instance instance) {
    this.name = name;
    this.instance = instance;
  }

  private record Arrival(long offset, byte @Nullable [] key, byte[] value) {
    String keyText() {
      return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
  }

  ReleaseBook book() {
    return book;
  }

  /** Takes a record of the policy topic; a tombstone disables nothing. */
  void arrive(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    if (value != null) {
      waiting.add(new Arrival(offset, key, value));
    } else if (waiting.isEmpty()) {
      book = book.at(offset);
    }
  }

  /** Deals with what has arrived, as far as its bundles are here; what there is to report. */
  List<InstanceReport> settle(long now) {
    List<InstanceReport> reports = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Arrival arrival = waiting.element();
      Optional<ReleasePayload> payload = payload(arrival);
      Activation activation = activation(arrival);
      if (activation instanceof Activation.WaitingForBundle wait) {
        if (reportedAsWaiting != arrival.offset()) {
          reportedAsWaiting = arrival.offset();
          reports.add(report(arrival, payload, State.waiting(wait), now));
        }
        return reports;
      }
      waiting.remove();
      book = activation instanceof Activation.Activated activated
          ? book.with(activated.release(), arrival.offset())
          : book.at(arrival.offset());
      State.of(activation).ifPresent(state -> reports.add(report(arrival, payload, state, now)));
    }
    return reports;
  }

  private record State(InstanceReport.State state, String reason) {
    static State waiting(Activation.WaitingForBundle wait) {
      return new State(
          InstanceReport.State.WAITING_FOR_BUNDLE, "bundle " + wait.bundle() + " is not here yet");
    }

    /** Empty where the envelope is none of ours. */
    static Optional<State> of(Activation activation) {
      if (activation instanceof Activation.Activated) {
        return Optional.of(new State(InstanceReport.State.ACTIVATED, ""));
      }
      return activation instanceof Activation.Refused refused
          ? Optional.of(new State(InstanceReport.State.REFUSED, refused.reason()))
          : Optional.empty();
    }
  }

  /* The key says whose an envelope is: whatever is wrong inside another's is not ours to refuse. */
  private Activation activation(Arrival arrival) {
    Optional<ReleaseKey> other =
        ReleaseKey.parse(arrival.keyText()).filter(key -> !key.scope().equals(instance.scope()));
    return other.isPresent()
        ? new Activation.OtherScope(other.get().scope())
        : activationOfOurs(arrival);
  }

  private Activation activationOfOurs(Arrival arrival) {
    try {
      return keyed(arrival, Activation.of(codec.decode(arrival.value()), instance, book));
    } catch (UncheckedIOException e) {
      // The disk, not the envelope: the bundle may be readable at the next poll.
      return payload(arrival)
          .<Activation>map(payload -> new Activation.WaitingForBundle(payload.bundle()))
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
    String expected = new ReleaseKey(instance.scope(), activated.release().epoch()).toString();
    return arrival.keyText().equals(expected)
        ? activation
        : new Activation.Refused(
            "its key is '" + arrival.keyText() + "' and must be '" + expected + "'");
  }

  private Optional<ReleasePayload> payload(Arrival arrival) {
    try {
      return Optional.of(ReleasePayload.read(codec.decode(arrival.value()).payload()));
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private InstanceReport report(
      Arrival arrival, Optional<ReleasePayload> payload, State state, long now) {
    return new InstanceReport(
        name,
        instance.scope(),
        arrival.offset(),
        payload.map(p -> OptionalLong.of(p.epoch())).orElse(OptionalLong.empty()),
        payload.map(ReleasePayload::version),
        state.state(),
        state.reason(),
        payload.map(p -> Fingerprint.of(CanonicalJson.of(p.policy()))),
        payload.map(ReleasePayload::bundle),
        now);
  }
}
