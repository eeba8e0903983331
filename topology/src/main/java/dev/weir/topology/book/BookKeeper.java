package dev.weir.topology.book;

import dev.weir.gating.release.Activation;
import dev.weir.gating.release.ReleaseBook;
import dev.weir.schemas.wire.InstanceReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Works through the policy topic in the order of its offsets. For one thread.
 *
 * <p>An envelope that waits for its bundle holds back those behind it, so that the book's offset
 * says exactly what is in the book. Whatever else is wrong with a record, it is refused and the next
 * one has its turn.
 */
final class BookKeeper {
  private final Opener opener;
  private final Deque<Opener.Arrival> waiting = new ArrayDeque<>();
  private ReleaseBook book = ReleaseBook.EMPTY;
  private Optional<Waiting> reported = Optional.empty();

  /** What was said last of an envelope that waits, and is said again only if it changes. */
  private record Waiting(long offset, Activation.WaitingForBundle why) {}

  /** @param name of the instance, in its reports */
  BookKeeper(String name, Activation.Instance instance) {
    this.opener = new Opener(name, instance);
  }

  ReleaseBook book() {
    return book;
  }

  /** Takes a record of the policy topic; a tombstone disables nothing. */
  void arrive(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    if (value != null) {
      waiting.add(new Opener.Arrival(offset, key, value));
    } else if (waiting.isEmpty()) {
      book = book.at(offset);
    }
  }

  /** Deals with what has arrived, as far as its bundles are here; what there is to report. */
  List<InstanceReport> settle(long now) {
    List<InstanceReport> reports = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Opener.Arrival arrival = waiting.element();
      Activation activation = opener.open(arrival, book.newestEpoch());
      if (activation instanceof Activation.WaitingForBundle wait) {
        Optional<Waiting> latest = Optional.of(new Waiting(arrival.offset(), wait));
        if (!reported.equals(latest)) {
          reported = latest;
          opener.report(arrival, activation, now).ifPresent(reports::add);
        }
        return reports;
      }
      waiting.remove();
      book = activation instanceof Activation.Activated activated
          ? book.with(activated.release(), arrival.offset())
          : book.at(arrival.offset());
      opener.report(arrival, activation, now).ifPresent(reports::add);
    }
    return reports;
  }
}
