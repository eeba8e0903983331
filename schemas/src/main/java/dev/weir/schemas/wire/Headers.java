package dev.weir.schemas.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The names of the record headers that Weir reads and writes, and the forms of their values. */
public final class Headers {
  /** On a record: how many records its batch has, a whole number. */
  public static final String BATCH_SIZE = "weir-batch-size";

  /** On a marker: its batch has ended. The value means nothing and may be null. */
  public static final String BATCH_END = "weir-batch-end";

  /** On a dead letter: the class of cause, upper case. */
  public static final String CAUSE = "weir-cause";

  /** On a dead letter: the cause in one line. */
  public static final String MESSAGE = "weir-message";

  /** On a dead letter: the topic it was read from. */
  public static final String SOURCE_TOPIC = "weir-source-topic";

  /** On a dead letter: the partition it was read from, a whole number. */
  public static final String SOURCE_PARTITION = "weir-source-partition";

  /** On a dead letter: the offset it was read at, a whole number. */
  public static final String SOURCE_OFFSET = "weir-source-offset";

  /** On a dead letter: the batch part it counted in, {@code id#part}. */
  public static final String BATCH = "weir-batch";

  /* Enough for any long; anything longer is no number of ours. */
  private static final int NUMBER_BYTES_MAX = 20;

  private Headers() {}

  /** A text as a header value: UTF-8. */
  public static byte[] value(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A whole number as a header value: decimal digits. */
  public static byte[] value(long number) {
    return value(Long.toString(number));
  }

  /** The text of a header value; empty where there is none. */
  public static Optional<String> text(byte @Nullable [] value) {
    return value == null
        ? Optional.empty()
        : Optional.of(new String(value, StandardCharsets.UTF_8));
  }

  /** The whole number of a header value; empty where it is none. */
  public static OptionalLong number(byte @Nullable [] value) {
    if (value == null || value.length > NUMBER_BYTES_MAX) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(new String(value, StandardCharsets.US_ASCII)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
