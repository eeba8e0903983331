package dev.weir.schemas.wire;

import dev.weir.model.bundle.Fingerprint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Avro's binary encoding, in a buffer that is used again; byte for byte what Avro's own
 * BinaryEncoder writes. For one thread.
 */
final class AvroBytes {
  /* A decision with its raw values fits; a larger value grows the buffer. */
  private static final int EXPECTED_BYTES = 2048;
  private static final int LONG_BYTES_MAX = 10;
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[EXPECTED_BYTES];
  private int length;

  void clear() {
    length = 0;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Bytes as they are; a fixed value too. */
  AvroBytes plain(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  /** An int or a long, a union's branch, an enum's symbol, or how many elements follow. */
  AvroBytes whole(long value) {
    reserve(LONG_BYTES_MAX);
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  AvroBytes number(double value) {
    reserve(Double.BYTES);
    DOUBLE.set(bytes, length, value);
    length += Double.BYTES;
    return this;
  }

  AvroBytes truth(boolean value) {
    reserve(1);
    bytes[length++] = (byte) (value ? 1 : 0);
    return this;
  }

  AvroBytes text(String value) {
    int begin = length;
    int count = value.length();
    whole(count);
    reserve(count);
    byte[] to = bytes;
    int at = length;
    int all = 0;
    for (int i = 0; i < count; i++) {
      char c = value.charAt(i);
      all |= c;
      to[at + i] = (byte) c;
    }
    if (all >= 0x80) { // its bytes are more than its characters: once again
      length = begin;
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      return whole(utf8.length).plain(utf8);
    }
    length += count;
    return this;
  }

  /** So many lowest bits as a text of zeros and ones, the lowest first. */
  AvroBytes bits(long value, int count) {
    whole(count);
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) ('0' + (value >>> i & 1));
    }
    return this;
  }

  /** A SHA-256 as a fixed value. */
  AvroBytes fingerprint(Fingerprint value) {
    reserve(Fingerprint.BYTES);
    value.copyTo(bytes, length);
    length += Fingerprint.BYTES;
    return this;
  }

  /** Begins an array or a map that many elements of which follow, then {@link #end}. */
  AvroBytes block(int count) {
    return count == 0 ? this : whole(count);
  }

  /** Ends an array or a map. */
  AvroBytes end() {
    return whole(0);
  }

  AvroBytes texts(List<String> values) {
    block(values.size());
    for (int i = 0; i < values.size(); i++) {
      text(values.get(i));
    }
    return end();
  }

  AvroBytes numbers(double[] values) {
    block(values.length);
    for (double value : values) {
      number(value);
    }
    return end();
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
