package dev.weir.gating.control;

import dev.weir.gating.gate.Controls;
import dev.weir.gating.signing.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The newest order of each kind for one scope. For one thread.
 *
 * <p>The higher sequence number wins, whichever comes first, and nothing but a higher one lifts an
 * order; a tombstone lifts nothing. An order that the wrong people signed changes nothing. The topic keeps
 * every record, so who starts later comes to the same, and of a key nothing counts but the scope.
 */
public final class ControlLedger {
  private final String scope;
  private final ControlKeys keys;
  private final Function<byte[], Envelope> codec;
  private final Map<String, ControlOrder> newest = new HashMap<>();
  private OptionalLong offset = OptionalLong.empty();

  /** @param codec decodes an envelope; throws IllegalArgumentException whatever is wrong with it */
  public ControlLedger(String scope, ControlKeys keys, Function<byte[], Envelope> codec) {
    this.scope = scope;
    this.keys = keys;
    this.codec = codec;
  }

  /** Takes a record of the control topic; why it is refused, if it is. */
  public Optional<String> arrive(long at, byte @Nullable [] key, byte @Nullable [] value) {
    offset = OptionalLong.of(at);
    String name = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    if (value == null || !name.startsWith(scope + "/")) {
      return Optional.empty();
    }
    try {
      take(name, codec.apply(value));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      // Nothing on the topic may end the thread that follows it.
      return Optional.of("the engine failed on it: " + e);
    }
  }

  private void take(String name, Envelope envelope) {
    ControlOrder order = ControlOrder.read(envelope);
    if (!order.scope().equals(scope)) {
      throw new IllegalArgumentException(
          "its key is '%s', and it is for scope '%s'".formatted(name, order.scope()));
    }
    keys.require(envelope, order);
    ControlOrder before = newest.get(order.about());
    if (before != null && order.sequence() <= before.sequence()) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "%s has sequence %d, and %d is in force already",
          order.about(),
          order.sequence(),
          before.sequence()));
    }
    requireNoLoosening(before, order);
    requireNoCanaryLost(before, order);
    newest.put(order.about(), order);
  }

  /* Nothing is accepted under an order that cannot be followed; one that can in its place would loosen. */
  private static void requireNoLoosening(@Nullable ControlOrder before, ControlOrder order) {
    if (before != null
        && before.action() instanceof ControlOrder.Unknown
        && order.action() instanceof ControlOrder.AddCanaries) {
      throw new IllegalArgumentException("the " + before.action().kind() + " order of sequence "
          + before.sequence()
          + " names more canaries than can be followed, so that nothing is accepted;"
          + " have it lifted first");
    }
  }

  /* Fewer canaries than are in force would loosen, which only an operator's lift may. */
  private static void requireNoCanaryLost(@Nullable ControlOrder before, ControlOrder order) {
    if (before != null
        && before.action() instanceof ControlOrder.AddCanaries old
        && order.action() instanceof ControlOrder.AddCanaries added
        && !added.ids().containsAll(old.ids())) {
      Set<String> lost = new TreeSet<>(old.ids());
      lost.removeAll(added.ids());
      throw new IllegalArgumentException(
          "it leaves out the canaries " + lost + "; name them too, or have the order lifted first");
    }
  }

  /** The newest good order of a kind, a lift too; empty before the first. */
  public Optional<ControlOrder> newest(String kind) {
    return Optional.ofNullable(newest.get(scope + "/" + kind));
  }

  /** What is in force. */
  public Controls controls() {
    Set<Controls.Kind> kinds = EnumSet.noneOf(Controls.Kind.class);
    Set<String> canaries = new HashSet<>();
    for (ControlOrder order : newest.values()) {
      apply(order.action(), kinds, canaries);
    }
    return new Controls(offset, kinds, canaries);
  }

  private static void apply(
      ControlOrder.Action action, Set<Controls.Kind> kinds, Set<String> canaries) {
    if (action instanceof ControlOrder.Stop stop) {
      kinds.add(
          switch (stop.what()) {
            case KILL_SWITCH -> Controls.Kind.KILL_SWITCH;
            case PAUSE, DRIFT -> Controls.Kind.PAUSE;
            case BREAKER -> Controls.Kind.BREAKER;
          });
    } else if (action instanceof ControlOrder.AddCanaries added) {
      canaries.addAll(added.ids());
    } else if (action instanceof ControlOrder.Unknown) {
      kinds.add(Controls.Kind.PAUSE);
    } else if (!(action instanceof ControlOrder.Lift)) {
      throw new AssertionError(action);
    }
  }
}
