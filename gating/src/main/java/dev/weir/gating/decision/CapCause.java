package dev.weir.gating.decision;

/** Why a contribution was changed. */
public enum CapCause {
  /** It exceeded the limit of a single source. */
  PER_SOURCE,
  /** The largest ones together exceeded their limit. */
  TOP_SUM,
  /** Channels are damped where several are high. */
  BETA
}
