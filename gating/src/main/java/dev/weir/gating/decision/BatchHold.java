package dev.weir.gating.decision;

import java.util.Map;

/**
 * A whole batch that waits for a person's verdict.
 *
 * @param fragile fragile or invalid records
 * @param rule the rule that held it, in words
 * @param slices records by slice, in the union's order
 * @param recordRoutes records by the route they would have had
 */
public record BatchHold(
    BatchStamp batch,
    int fragile,
    String rule,
    Map<String, Integer> slices,
    Map<Route, Integer> recordRoutes,
    ReleaseStamp release) {}
