package dev.weir.app.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a demo run is asked for.
 *
 * @param data rows to train on and stream; empty for a synthetic world
 * @param records valid records to send
 * @param rate records a second, about
 * @param port of the broker on loopback; 0 for a free one
 * @param live whether to draw a panel rather than print lines
 * @param home a directory for the cached bundle
 */
public record DemoOptions(
    Optional<Path> data,
    int records,
    long seed,
    int rate,
    int port,
    boolean live,
    Path home,
    PrintStream out) {
  /** The fewest records that show every route. */
  public static final int RECORDS_MIN = 200;

  public DemoOptions {
    if (records < RECORDS_MIN) {
      throw new IllegalArgumentException(
          "--records " + records + ": the demo needs at least " + RECORDS_MIN);
    }
    if (rate < 1) {
      throw new IllegalArgumentException("--rate " + rate + " must be at least 1");
    }
  }
}
