package dev.weir.lab.evaluate;

import dev.weir.gating.drift.DriftWatch;

/**
 * The watch that stands beside a gate.
 *
 * @param settings when it raises an alarm
 * @param delay an order is in force in batches that close at least so many records after the one that gave rise to it,
 *     and never before the next; at least 0
 */
public record Watching(DriftWatch.Settings settings, int delay) {
  /** {@code weir watch} as it is, and an order that takes a quarter of a second at 100 records a second. */
  public static final Watching DEFAULTS = new Watching(DriftWatch.Settings.DEFAULTS, 25);
}
