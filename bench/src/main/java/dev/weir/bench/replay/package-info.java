/** How fast a decision log is decided again. Start at {@link dev.weir.bench.replay.ReplayBench}. */
@NullMarked
package dev.weir.bench.replay;

import org.jspecify.annotations.NullMarked;
