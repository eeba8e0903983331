package dev.weir.schemas.registry;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Confluent's framing of a value: a zero byte, the schema's id as four big-endian bytes, the value. */
public final class WireFormat {
  /** Bytes before the value. */
  public static final int HEADER_BYTES = 5;

  private static final byte MAGIC = 0;

  private WireFormat() {}

  /** What comes before a value of the schema with an id. */
  public static byte[] header(int id) {
    return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(id).array();
  }

  /** The schema id of framed bytes; empty where they are not framed so. */
  public static OptionalInt id(byte @Nullable [] bytes) {
    return bytes != null && bytes.length >= HEADER_BYTES && bytes[0] == MAGIC
        ? OptionalInt.of(ByteBuffer.wrap(bytes).getInt(1))
        : OptionalInt.empty();
  }
}
