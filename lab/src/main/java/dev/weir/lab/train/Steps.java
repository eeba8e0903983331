package dev.weir.lab.train;

/** Counts the models of a training run, all of about the same cost, so that the time left can be told. */
final class Steps {
  private final Progress progress;
  private final int total;
  private int done;

  Steps(Progress progress, int total) {
    this.progress = progress;
    this.total = total;
  }

  /** Another model of a stage is trained. */
  synchronized void done(String stage) {
    done++;
    progress.at("training " + stage, done, total);
  }
}
