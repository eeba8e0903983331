package dev.weir.topology.collect;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** The header of an open batch as bytes: a format byte, then its numbers in declared order. */
final class BatchStateFormat {
  private static final byte FORMAT = 1;
  private static final int NONE = -1;
  private static final int SIZE = 1 + 5 * Long.BYTES + 2 * Integer.BYTES;

  private BatchStateFormat() {}

  static byte[] value(BatchState batch) {
    return ByteBuffer.allocate(SIZE)
        .put(FORMAT)
        .putLong(batch.part())
        .putInt(batch.count())
        .putLong(batch.bytes())
        .putInt(batch.announced().orElse(NONE))
        .putLong(batch.openedAt())
        .putLong(batch.lastAt())
        .putLong(batch.latest())
        .array();
  }

  static BatchState read(String id, byte[] value) {
    ByteBuffer from = ByteBuffer.wrap(value);
    byte format = from.get();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "an open batch has format %d, this engine reads %d; end open".formatted(format, FORMAT)
              + " batches with the engine that wrote them");
    }
    long part = from.getLong();
    int count = from.getInt();
    long bytes = from.getLong();
    int announced = from.getInt();
    return new BatchState(
        id,
        part,
        count,
        bytes,
        announced == NONE ? OptionalInt.empty() : OptionalInt.of(announced),
        from.getLong(),
        from.getLong(),
        from.getLong());
  }
}
