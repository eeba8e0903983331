/**
 * How fast Weir is, beside other engines on the same models, as ratios within one run. Start at
 * {@link dev.weir.bench.Bench}; the benchmarks are the classes that end in {@code Benchmark}, and each
 * engine is a {@link dev.weir.bench.RowScorer}.
 */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;
