/** What an instance says of itself. Start at {@link dev.weir.topology.log.LogLine}. */
@NullMarked
package dev.weir.topology.log;

import org.jspecify.annotations.NullMarked;
