package dev.weir.schemas.wire;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A record's values by field name, and the names of the fields that upstream says it imputed. */
record ReceivedValues(Function<String, @Nullable Object> values, List<String> imputed) {
  /** The names in a text that joins them by {@code |}. */
  static List<String> names(String joined) {
    return joined.isBlank()
        ? List.of()
        : Arrays.stream(joined.split("\\|", -1)).map(String::strip).toList();
  }
}
