package dev.weir.gating.decision;

/**
 * Something that a person must hear of at once.
 *
 * @param subject the record or batch it is about
 */
public record Alert(Kind kind, String subject, String message) {
  /** What happened. */
  public enum Kind {
    /** Nothing but the block kept a canary from acceptance. */
    CANARY_WOULD_ACCEPT,
    /** A canary was accepted. */
    CANARY_ACCEPTED,
    /** A batch could not be decided. */
    ENGINE_FAULT,
    /** The shadow release could not decide a batch; the active decisions stand. */
    SHADOW_FAULT,
    /** Records of a batch announced different sizes. */
    SIZE_CONFLICT
  }
}
