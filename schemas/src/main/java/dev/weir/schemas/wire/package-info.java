/**
 * The only mapping between bytes on a topic and the core's values. Start at {@link
 * dev.weir.schemas.wire.RecordCodec} for what comes in and {@link
 * dev.weir.schemas.wire.DecisionCodec} for what goes out; {@link dev.weir.schemas.wire.Headers}
 * names the headers. Threads may share any codec to decode; each needs its own to encode.
 */
@NullMarked
package dev.weir.schemas.wire;

import org.jspecify.annotations.NullMarked;
