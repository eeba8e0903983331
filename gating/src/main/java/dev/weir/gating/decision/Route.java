package dev.weir.gating.decision;

/** Where a record goes. */
public enum Route {
  /** The model's prediction stands without a person. */
  AUTO_ACCEPT,
  /** A person looks at it first. */
  PRIORITY_AUDIT,
  /** Its whole batch waits for a person's verdict. */
  HELD
}
