package dev.weir.operations.replay;

/**
 * Why a decision that is decided again comes out as it does. Of several that apply, the first in
 * this order is told.
 */
public enum Cause {
  /** Byte for byte what was recorded: content, seal and the part's seal. */
  SAME,

  /** What lies among the decisions is none that can be read. */
  UNDECODABLE,

  /**
   * It cannot be decided again: a decision or record of its part is missing, or the policy that
   * decided is neither published, nor shipped, nor given.
   */
  MISSING_INPUT,

  /** Another engine or another meaning of the formulae decided then. */
  SEMANTICS,

  /** The policy topic, by the part's time and the recorded offset, chooses another release now. */
  LATE_POLICY,

  /** Another bundle decides now, and says otherwise. */
  BUNDLE,

  /** Another policy decides now, and says otherwise. */
  POLICY,

  /** The records, as they lie on their topic, make another batch than the recorded one. */
  BATCHING,

  /** Values that the decision has erased were missing now. */
  MASKED,

  /** None of these: the recorded decision is an engine fault, was changed, or will not recompute. */
  UNEXPLAINED
}
