package dev.weir.topology.book;

/**
 * A bundle cannot be had now and may be had later: what is wrong is not the envelope that names it.
 * The message goes on where a sentence has named the bundle.
 */
final class BundleUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BundleUnavailable(String message, Exception cause) {
    super(message, cause);
  }
}
