/**
 * The gate as a stream, on real parts, beside a topology that does nothing. Start at {@link
 * dev.weir.bench.stream.StreamBench}.
 */
@NullMarked
package dev.weir.bench.stream;

import org.jspecify.annotations.NullMarked;
