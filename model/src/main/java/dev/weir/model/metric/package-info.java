/**
 * Metrics: how good scores, probabilities, predictions, clusters and selections are, one class per concept.
 *
 * <p>One rule for all: a metric that its input leaves undefined (no rows of positive weight, one class, a constant, ...)
 * is an empty {@link java.util.OptionalDouble}; input that is wrong (lengths that differ, NaN, a probability outside [0,
 * 1], a negative weight) is an {@link IllegalArgumentException}. Rows of weight 0 count as absent unless said otherwise,
 * sums run in row order, and no method changes or keeps its arrays.
 *
 * <p>Start at {@link dev.weir.model.metric.ProbabilityLoss} and {@link dev.weir.model.metric.RiskCoverage}.
 */
@NullMarked
package dev.weir.model.metric;

import org.jspecify.annotations.NullMarked;
