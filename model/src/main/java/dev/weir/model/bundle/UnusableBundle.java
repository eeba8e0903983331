package dev.weir.model.bundle;

/** A directory that is not a whole, unchanged bundle; the message says why and what to do. */
public final class UnusableBundle extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnusableBundle(String message) {
    super(message);
  }

  UnusableBundle(String message, Throwable cause) {
    super(message, cause);
  }
}
