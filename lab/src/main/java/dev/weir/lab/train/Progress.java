package dev.weir.lab.train;

/** Is told how far a long job is. */
@FunctionalInterface
public interface Progress {
  /**
   * A step is done.
   *
   * @param stage that it belonged to
   * @param done steps of the whole job that are done
   * @param total steps of the whole job, all of about the same cost
   */
  void at(String stage, int done, int total);

  /** Tells nobody. */
  static Progress silent() {
    return (stage, done, total) -> {};
  }
}
