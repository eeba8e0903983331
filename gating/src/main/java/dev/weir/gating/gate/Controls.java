package dev.weir.gating.gate;

import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Reasons;
import dev.weir.gating.decision.Spelling;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Orders that can only tighten (gate.md §11): none of them can make the gate accept.
 *
 * @param offset of the controls topic up to which they were read
 * @param active the kinds in force
 * @param canaries ids added to the policy's canaries
 */
public record Controls(OptionalLong offset, Set<Kind> active, Set<String> canaries) {
  /** Nothing in force. */
  public static final Controls NONE = new Controls(OptionalLong.empty(), Set.of(), Set.of());

  /** What a stamp writes before the id of an added canary. */
  public static final String CANARY_ADDED = "CANARY_ADDED:";

  public Controls {
    active = Set.copyOf(active);
    canaries = Set.copyOf(canaries);
  }

  /** What is ordered for every record. */
  public enum Kind {
    KILL_SWITCH(Reason.KILL_SWITCH),
    PAUSE(Reason.PAUSED),
    BOOK_STALE(Reason.BOOK_STALE),
    /** Stops flips alone. */
    BREAKER(Reason.BREAKER_OPEN);

    private final Reason reason;

    Kind(Reason reason) {
      this.reason = reason;
    }
  }

  /**
   * The controls that a decision's stamp tells of.
   *
   * @throws IllegalArgumentException if it names a kind that is none
   */
  public static Controls of(ControlStamp stamp) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    Set<String> canaries = new HashSet<>();
    for (String name : stamp.active()) {
      if (name.startsWith(CANARY_ADDED)) {
        canaries.add(name.substring(CANARY_ADDED.length()));
      } else {
        kinds.add(Spelling.read(Kind.class, "control", name));
      }
    }
    return new Controls(stamp.offset(), kinds, canaries);
  }

  /** These and one more. */
  public Controls and(Kind kind) {
    Set<Kind> all = EnumSet.of(kind);
    all.addAll(active);
    return new Controls(offset, all, canaries);
  }

  Reasons reasons() {
    Reasons.Findings reasons = new Reasons.Findings();
    for (Kind kind : active) {
      reasons.add(kind.reason);
    }
    return reasons.found();
  }

  /** What a decision says of these controls. */
  public ControlStamp stamp() {
    if (active.isEmpty() && canaries.isEmpty()) {
      return new ControlStamp(offset, List.of()); // as almost always
    }
    List<String> names = Stream.concat(
            active.stream().map(Kind::name), canaries.stream().map(id -> CANARY_ADDED + id))
        .sorted()
        .toList();
    return new ControlStamp(offset, names);
  }
}
