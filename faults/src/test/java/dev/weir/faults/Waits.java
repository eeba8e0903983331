package dev.weir.faults;

import dev.weir.faults.Load.Sent;
import dev.weir.faults.Watch.Outcome;
import dev.weir.faults.Watch.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long records waited, from what was sent and what was seen downstream. */
record Waits(List<Sent> sent, Map<Place, Outcome> outcomes) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** For each partition, when the first outcome was seen of a record that was due after a moment. */
  Map<Integer, Long> firstAfter(long moment) {
    Map<Integer, Long> first = new HashMap<>();
    for (Sent one : sent) {
      Outcome outcome = outcomes.get(new Place(one.partition(), one.offset()));
      if (one.due() > moment && outcome != null) {
        first.merge(one.partition(), outcome.seen(), Math::min);
      }
    }
    return first;
  }

  /**
   * The longest, in seconds. A record waits for the last one of its batch by right: what counts is
   * how long after that it waits.
   */
  double longest() {
    Map<String, Long> complete = new HashMap<>();
    for (Sent one : sent) {
      complete.merge(batch(one), one.due(), Math::max);
    }
    return sent.stream()
            .filter(one -> one.shipment().kind() != Shipment.Kind.MARKER)
            .mapToLong(
                one -> outcomes.get(new Place(one.partition(), one.offset())).seen()
                    - complete.get(batch(one)))
            .max()
            .orElse(0)
        / NANOS_PER_SECOND;
  }

  private static String batch(Sent one) {
    return one.shipment().batch().orElse(one.partition() + "/" + one.offset());
  }
}
