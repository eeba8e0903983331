package dev.weir.app;

import dev.weir.lab.train.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress on one line that is written over; a line per stage where there is no terminal. */
final class TerminalProgress implements Progress {
  private final PrintWriter out;
  private final boolean isTerminal;
  private final LongSupplier nanos;
  private String stage = "";

  /* The job that is counted, and where it stood when it was first heard of: what went before, or was taken up from
  a run that was stopped, says nothing of its pace. */
  private int steps;
  private int reached;
  private int begunAt;
  private long begunNanos;

  TerminalProgress(PrintWriter out) {
    this(out, Terminal.isInteractive(), System::nanoTime);
  }

  /** @param nanos a clock that nobody sets */
  TerminalProgress(PrintWriter out, boolean isTerminal, LongSupplier nanos) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.nanos = nanos;
  }

  @Override
  public synchronized void at(String newStage, int done, int total) {
    boolean isFinished = reached == steps;
    if (total != steps || isFinished && done < reached) {
      steps = total;
      begunAt = done;
      begunNanos = nanos.getAsLong();
      reached = done;
    }
    reached = Math.max(reached, done); // threads may tell out of order
    if (isTerminal) {
      out.printf(Locale.ROOT, "\r\u001b[2K%s %d/%d%s", newStage, done, total, left());
      out.flush();
    } else if (!newStage.equals(stage)) {
      out.println(newStage);
    }
    stage = newStage;
  }

  private String left() {
    if (reached == begunAt) {
      return "";
    }
    double seconds = (nanos.getAsLong() - begunNanos) / 1e9;
    return String.format(
        Locale.ROOT, ", %.0f s left", seconds * (steps - reached) / (reached - begunAt));
  }

  void finish() {
    if (isTerminal) {
      out.print("\r\u001b[2K");
      out.flush();
    }
  }
}
