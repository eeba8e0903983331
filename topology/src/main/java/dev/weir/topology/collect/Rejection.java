package dev.weir.topology.collect;

/**
 * Why a record goes out as a dead letter. It still counts in its batch, as fragile.
 *
 * @param message everything that is wrong with it
 */
public record Rejection(Cause cause, String message) {
  /** The classes of rejection; their names are on the wire. */
  public enum Cause {
    /** The bytes cannot be read. */
    UNDECODABLE,
    /** The values break the domain's rules. */
    INVALID,
    /** A batch header cannot be understood. */
    BAD_HEADER,
    /** The key is no batch id. */
    BAD_KEY,
    /** The record has too many bytes. */
    TOO_LARGE,
    /** Its batch has had a record of the same id, and dedupe is on. */
    DUPLICATE,
    /** Deciding the record's batch failed. */
    ENGINE_FAULT
  }
}
