package dev.weir.schemas.wire;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A record's values by field name, and the names of the fields that upstream says it imputed. */
record ReceivedValues(Function<String, @Nullable Object> values, List<String> imputed) {}
