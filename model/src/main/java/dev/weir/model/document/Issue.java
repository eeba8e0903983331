package dev.weir.model.document;

/** One mistake in a document: where, and what to do about it. */
public record Issue(Location location, String message) {
  @Override
  public String toString() {
    return location + ": " + message;
  }
}
