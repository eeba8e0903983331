package dev.weir.operations.send;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Records to be sent together.
 *
 * @param id the batch's name; empty makes every record a batch of one
 * @param size how many records the batch is said to have; empty where that is not told
 * @param records the values, encoded
 * @param isEnded whether an end marker follows
 */
public record OutgoingBatch(
    Optional<String> id, OptionalInt size, List<byte[]> records, boolean isEnded) {
  public OutgoingBatch {
    records = List.copyOf(records);
    if (id.isEmpty() && (size.isPresent() || isEnded)) {
      throw new IllegalArgumentException(
          "records without a batch have neither a size nor an end; name the batch");
    }
    if (size.isPresent() && size.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "batch " + id.orElseThrow() + " is said to have " + size.getAsInt() + " records");
    }
  }

  /** Records that are each decided alone. */
  public static OutgoingBatch alone(List<byte[]> records) {
    return new OutgoingBatch(Optional.empty(), OptionalInt.empty(), records, false);
  }

  /** A whole batch, whose size every record tells. */
  public static OutgoingBatch whole(String id, List<byte[]> records) {
    return new OutgoingBatch(Optional.of(id), OptionalInt.of(records.size()), records, false);
  }

  /** A batch that tells no size and ends with a marker. */
  public static OutgoingBatch marked(String id, List<byte[]> records) {
    return new OutgoingBatch(Optional.of(id), OptionalInt.empty(), records, true);
  }
}
