package dev.weir.gating.decision;

/** Why a record got its route; in the order of the rules, the first finding decides. */
public enum Reason {
  /** An operator stopped all acceptance. */
  KILL_SWITCH,
  /** An operator paused acceptance. */
  PAUSED,
  /** The instance has not confirmed the end of the policy topic lately. */
  BOOK_STALE,
  /** The release's expiry has passed at the batch's time. */
  POLICY_EXPIRED,
  /** No release was in force at the batch's time. */
  NO_RELEASE_YET,
  /** The record is a flip, and too many flips were slow. */
  BREAKER_OPEN,
  /** The record is a canary. */
  CANARY_BLOCKED,
  /** Capping the contributions changes the predicted class. */
  CAP_FLIPS_CLASS,
  /** The probability is too near the decision threshold. */
  MARGIN_LOW,
  /** The interval is too wide. */
  INTERVAL_WIDE,
  /** The confidence is too low; given only where the interval is not too wide already. */
  CONFIDENCE_LOW,
  /** A fragile record on which the fallback differs too much. */
  GLM_DISAGREES,
  /** A fragile record on which too few members predict the model's class. */
  ENSEMBLE_DISAGREES,
  /** The decision failed; nothing was written, and the whole batch goes to audit. */
  ENGINE_FAULT,
  /** Accepted: every check passed, the consensus checks included. */
  CONSENSUS,
  /** Accepted: every normal check passed. */
  NORMAL,
  /** The batch is held, whatever the record's own route. */
  BATCH_HELD
}
