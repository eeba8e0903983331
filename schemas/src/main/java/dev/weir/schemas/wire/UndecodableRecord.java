package dev.weir.schemas.wire;

/** Bytes that are not what their topic carries; the message says in one line why. */
public final class UndecodableRecord extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UndecodableRecord(String message) {
    super(oneLine(message));
  }

  UndecodableRecord(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s+", " ").strip();
  }
}
