package dev.weir.topology.collect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Buffered records as bytes.
 *
 * <p>Key: batch id, 0xFF, offset (8 bytes). Value: format (1 byte), timestamp (8), number of headers
 * (4), each header's name and value, the record's value; every text and value has its length (4)
 * before it, −1 for null. A byte 0xFF is in no UTF-8 text, so no batch's keys lie among another's.
 */
final class ReceivedFormat {
  private static final byte FORMAT = 1;
  private static final byte SEPARATOR = (byte) 0xFF;
  private static final int NULL = -1;

  private ReceivedFormat() {}

  static Bytes key(String batch, long offset) {
    byte[] id = batch.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(ByteBuffer.allocate(id.length + 1 + Long.BYTES)
        .put(id)
        .put(SEPARATOR)
        .putLong(offset)
        .array());
  }

  static long offset(byte[] key) {
    return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
  }

  static byte[] value(Received record) {
    List<byte[]> names = record.headers().stream()
        .map(header -> header.name().getBytes(StandardCharsets.UTF_8))
        .toList();
    int size = 1 + Long.BYTES + Integer.BYTES + size(record.value());
    for (int i = 0; i < names.size(); i++) {
      size += size(names.get(i)) + size(record.headers().get(i).value());
    }
    ByteBuffer to =
        ByteBuffer.allocate(size).put(FORMAT).putLong(record.timestamp()).putInt(names.size());
    for (int i = 0; i < names.size(); i++) {
      put(to, names.get(i));
      put(to, record.headers().get(i).value());
    }
    put(to, record.value());
    return to.array();
  }

  /** A batch's record; its Kafka key was the batch id. */
  static Received read(Bytes key, byte[] value) {
    ByteBuffer from = ByteBuffer.wrap(value);
    byte format = from.get();
    if (format != FORMAT) {
      throw new IllegalStateException(String.format(
              Locale.ROOT,
              "a buffered record has format %d, this engine reads %d; end",
              format,
              FORMAT)
          + " open batches with the engine that wrote them");
    }
    long timestamp = from.getLong();
    List<RawHeader> headers = new ArrayList<>();
    for (int left = from.getInt(); left > 0; left--) {
      byte[] name = take(from);
      if (name == null) {
        throw new AssertionError("a header without a name was written");
      }
      headers.add(new RawHeader(new String(name, StandardCharsets.UTF_8), take(from)));
    }
    byte[] batch = Arrays.copyOf(key.get(), key.get().length - 1 - Long.BYTES);
    return new Received(offset(key.get()), timestamp, batch, take(from), headers);
  }

  private static int size(byte @Nullable [] bytes) {
    return Integer.BYTES + (bytes == null ? 0 : bytes.length);
  }

  private static void put(ByteBuffer to, byte @Nullable [] bytes) {
    if (bytes == null) {
      to.putInt(NULL);
    } else {
      to.putInt(bytes.length).put(bytes);
    }
  }

  private static byte @Nullable [] take(ByteBuffer from) {
    int length = from.getInt();
    if (length == NULL) {
      return null;
    }
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }
}
