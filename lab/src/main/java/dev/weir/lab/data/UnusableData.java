package dev.weir.lab.data;

/** A data file that cannot be used; the message says what is wrong, where, and what to do. */
public final class UnusableData extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public UnusableData(String message) {
    super(message);
  }
}
