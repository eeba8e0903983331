package dev.weir.topology.book;

import dev.weir.gating.gate.Controls;
import dev.weir.schemas.wire.ControlCodec;
import dev.weir.schemas.wire.Order;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest order of each kind for one scope. For one thread.
 *
 * <p>The higher sequence number wins, whichever comes first, and nothing but a higher one lifts an
 * order; a tombstone lifts nothing.
 */
final class ControlLedger {
  private final String scope;
  private final ControlCodec codec = new ControlCodec();
  private final Map<String, Order> newest = new HashMap<>();
  private OptionalLong offset = OptionalLong.empty();

  ControlLedger(String scope) {
    this.scope = scope;
  }

  /** Takes a record of the control topic; why it is refused, if it is. */
  Optional<String> arrive(long at, byte @Nullable [] key, byte @Nullable [] value) {
    offset = OptionalLong.of(at);
    String name = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    if (value == null || !name.startsWith(scope + "/")) {
      return Optional.empty();
    }
    Order order;
    try {
      order = codec.decode(value);
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    if (order.kind() != Order.Kind.UNKNOWN && !order.key(scope).equals(name)) {
      return Optional.of("its key is '%s' and must be '%s'".formatted(name, order.key(scope)));
    }
    Order before = newest.get(name);
    if (before == null || order.sequence() > before.sequence()) {
      newest.put(name, order);
      return Optional.empty();
    }
    return Optional.of("%s has sequence %d, and %d is in force already"
        .formatted(name, order.sequence(), before.sequence()));
  }

  /** What is in force. */
  Controls controls() {
    Set<Controls.Kind> kinds = EnumSet.noneOf(Controls.Kind.class);
    Set<String> canaries = new HashSet<>();
    for (Order order : newest.values()) {
      if (order.active()) {
        tighten(order, kinds, canaries);
      }
    }
    return new Controls(offset, kinds, canaries);
  }

  private static void tighten(Order order, Set<Controls.Kind> kinds, Set<String> canaries) {
    switch (order.kind()) {
      case KILL_SWITCH -> kinds.add(Controls.Kind.KILL_SWITCH);
      case CANARY_ADDED -> canaries.addAll(order.ids());
      // An order of a kind that this version does not know can only tighten: so it stops
      // acceptance.
      case PAUSE, DRIFT, UNKNOWN -> kinds.add(Controls.Kind.PAUSE);
      // About flips, of which this gate makes none.
      case BREAKER -> {}
    }
  }
}
