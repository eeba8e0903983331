package dev.weir.topology.book;

import java.util.function.LongSupplier;

/**
 * Where the feed takes its times from.
 *
 * @param wallMs epoch milliseconds, for reports
 * @param elapsedMs milliseconds that never run backwards, for staleness
 */
record Clocks(LongSupplier wallMs, LongSupplier elapsedMs) {
  static final Clocks SYSTEM =
      new Clocks(System::currentTimeMillis, () -> System.nanoTime() / 1_000_000);
}
