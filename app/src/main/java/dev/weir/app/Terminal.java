package dev.weir.app;

/** Whether a person watches. */
final class Terminal {
  private Terminal() {}

  /** What the launcher found; System.console() no longer tells from Java 22 on. */
  static boolean isInteractive() {
    return Boolean.getBoolean("weir.terminal");
  }
}
