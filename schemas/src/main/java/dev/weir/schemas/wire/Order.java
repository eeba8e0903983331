package dev.weir.schemas.wire;

import java.util.List;

/**
 * A control: it can only tighten the gate, or lift an earlier one.
 *
 * @param sequence rises strictly per scope and kind; an older order changes nothing
 * @param active false lifts the order
 * @param ids the records it is about, for {@link Kind#CANARY_ADDED}
 * @param by who ordered it
 * @param issuedAt epoch milliseconds
 */
public record Order(
    Kind kind, long sequence, boolean active, List<String> ids, String by, long issuedAt) {
  public Order {
    ids = List.copyOf(ids);
  }

  /** What is ordered. */
  public enum Kind {
    /** Nothing is accepted. */
    KILL_SWITCH,
    /** Nothing is accepted for a while. */
    PAUSE,
    /** No flips: too many were slow. */
    BREAKER,
    /** Nothing is accepted: the stream has drifted. */
    DRIFT,
    /** More canaries. */
    CANARY_ADDED,
    /** Something that this version does not know. */
    UNKNOWN
  }

  /** The key of a scope's order in the control topic. */
  public String key(String scope) {
    return scope + "/" + kind;
  }
}
