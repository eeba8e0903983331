/**
 * The gate as a running program. Start at {@link dev.weir.topology.app.GateApp}.
 */
@NullMarked
package dev.weir.topology.app;

import org.jspecify.annotations.NullMarked;
