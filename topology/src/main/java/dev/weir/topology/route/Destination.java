package dev.weir.topology.route;

import dev.weir.gating.decision.Route;
import dev.weir.schemas.topic.TopicNames;

/** A topic that the gate writes. */
public enum Destination {
  /** Decisions that stand without a person. */
  AUTO_ACCEPT("auto-accept"),
  /** Decisions that a person looks at, those of held batches too. */
  PRIORITY_AUDIT("priority-audit"),
  /** Batches that wait for a verdict. */
  HOLDS("holds"),
  /** Records that could not be decided. */
  DEAD_LETTERS("dead-letters"),
  /** What a person must hear of at once. */
  ALERTS("alerts"),
  /** Where a shadow release would have decided otherwise. */
  SHADOW("shadow");

  private final String sink;

  Destination(String sink) {
    this.sink = sink;
  }

  /** The name of its sink in the topology. */
  public String sink() {
    return sink;
  }

  /** Its topic. */
  public String topic(TopicNames names) {
    return switch (this) {
      case AUTO_ACCEPT -> names.autoAccept();
      case PRIORITY_AUDIT -> names.priorityAudit();
      case HOLDS -> names.holds();
      case DEAD_LETTERS -> names.deadLetters();
      case ALERTS -> names.alerts();
      case SHADOW -> names.shadow();
    };
  }

  static Destination of(Route route) {
    return switch (route) {
      case AUTO_ACCEPT -> AUTO_ACCEPT;
      case PRIORITY_AUDIT, HELD -> PRIORITY_AUDIT;
    };
  }
}
