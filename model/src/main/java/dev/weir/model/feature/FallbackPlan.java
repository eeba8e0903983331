package dev.weir.model.feature;

import java.util.List;

/**
 * The columns that only the fallback reads, after those of the trees: trees find bends and products by
 * themselves, a linear model has to be given them.
 *
 * @param logs attributes with numbers of at least 0 that get a column ln(1 + v)
 * @param logSums names of the plan's sums that get a column ln(1 + v)
 * @param bends attributes with numbers whose effect may bend: a column max(0, v − cut) for each cut of {@link
 *     dev.weir.model.reference.Coding}
 * @param interactions products of a flag with attributes or flags
 */
public record FallbackPlan(
    List<Integer> logs,
    List<String> logSums,
    List<Integer> bends,
    List<FeaturePlan.Interaction> interactions) {
  public FallbackPlan {
    logs = List.copyOf(logs);
    logSums = List.copyOf(logSums);
    bends = List.copyOf(bends);
    interactions = List.copyOf(interactions);
  }

  /** No column beside the trees'. */
  public static FallbackPlan none() {
    return new FallbackPlan(List.of(), List.of(), List.of(), List.of());
  }
}
