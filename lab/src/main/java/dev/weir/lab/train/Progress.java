package dev.weir.lab.train;

/** Is told how far a long job is. */
@FunctionalInterface
public interface Progress {
  /**
   * A step of a stage is done.
   *
   * @param done steps of {@code total} that are done
   */
  void at(String stage, int done, int total);

  /** Tells nobody. */
  static Progress silent() {
    return (stage, done, total) -> {};
  }
}
