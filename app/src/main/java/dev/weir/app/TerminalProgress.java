package dev.weir.app;

import dev.weir.lab.train.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Progress on one line that is written over; a line per stage where there is no terminal. */
final class TerminalProgress implements Progress {
  private final PrintWriter out;
  private final boolean isTerminal = Terminal.isInteractive();
  private final long startNanos = System.nanoTime();
  private String stage = "";

  TerminalProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void at(String newStage, int done, int total) {
    if (isTerminal) {
      out.printf(Locale.ROOT, "\r\u001b[2K%s %d/%d%s", newStage, done, total, left(done, total));
      out.flush();
    } else if (!newStage.equals(stage)) {
      out.println("training: " + newStage);
    }
    stage = newStage;
  }

  private String left(int done, int total) {
    if (done == 0) {
      return "";
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return String.format(Locale.ROOT, ", %.0f s left", seconds * (total - done) / done);
  }

  void finish() {
    if (isTerminal) {
      out.print("\r\u001b[2K");
      out.flush();
    }
  }
}
