package dev.weir.schemas.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads and passes over what {@link AvroBytes} writes; every form of Avro's binary encoding is
 * understood. Behind the end an IndexOutOfBoundsException comes. For one thread.
 */
final class AvroCursor {
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LONG_BITS_MAX = 63;

  /* Names come again with every value. A power of two. */
  private static final int NAMES = 256;

  private final byte[][] spelled = new byte[NAMES][0];
  private final String[] names = new String[NAMES];
  private byte[] bytes = {};
  private int at;

  /** Begins with a value. */
  AvroCursor over(byte[] value, int from) {
    bytes = value;
    at = from;
    return this;
  }

  boolean isEnd() {
    return at == bytes.length;
  }

  int at() {
    return at;
  }

  /** The bytes from a place that was passed to here. */
  byte[] since(int from) {
    return Arrays.copyOfRange(bytes, from, at);
  }

  /** Passes over bytes if these come now; whether they do. */
  boolean passIf(byte[] expected) {
    boolean isThere = expected.length <= bytes.length - at
        && Arrays.equals(expected, 0, expected.length, bytes, at, at + expected.length);
    at += isThere ? expected.length : 0;
    return isThere;
  }

  /** An int or a long, a union's branch, or an enum's symbol. */
  long whole() {
    long raw = 0;
    int shift = 0;
    byte next = bytes[at++];
    while (next < 0) {
      raw |= (next & 0x7fL) << shift;
      shift += 7;
      if (shift > LONG_BITS_MAX) {
        throw new IllegalArgumentException("a whole number of more than 64 bits");
      }
      next = bytes[at++];
    }
    raw |= (long) next << shift;
    return raw >>> 1 ^ -(raw & 1);
  }

  int integer() {
    return (int) whole();
  }

  /** Whether a union of null and one other is the other. */
  boolean isPresent() {
    long branch = whole();
    if (branch != 0 && branch != 1) {
      throw new IllegalArgumentException("a union of two has no branch " + branch);
    }
    return branch == 1;
  }

  double number() {
    double value = (double) DOUBLE.get(bytes, at);
    at += Double.BYTES;
    return value;
  }

  boolean truth() {
    return bytes[at++] != 0;
  }

  byte[] plain(int length) {
    int from = passed(length);
    return Arrays.copyOfRange(bytes, from, at);
  }

  String text() {
    int length = integer();
    int from = passed(length);
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  /** A text that comes again and again: the same string each time. */
  String name() {
    int length = integer();
    int from = passed(length);
    if (length == 0) {
      return "";
    }
    int slot = 31 * (31 * length + bytes[from]) + bytes[at - 1] & NAMES - 1;
    byte[] known = spelled[slot];
    if (!Arrays.equals(known, 0, known.length, bytes, from, at)) {
      spelled[slot] = Arrays.copyOfRange(bytes, from, at);
      names[slot] = new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    return names[slot];
  }

  /** How many elements of an array or a map come before the next such number; 0 at the end. */
  int block() {
    long count = whole();
    if (count < 0) {
      whole(); // the block's bytes
      count = -count;
    }
    // No element takes less than a byte: damage must not make us reserve room for two billion.
    if (count < 0 || count > bytes.length - at) {
      throw new IndexOutOfBoundsException(
          count + " elements at " + at + " of " + bytes.length + " end behind the value");
    }
    return (int) count;
  }

  List<String> names() {
    int count = block();
    if (count == 0) {
      return List.of();
    }
    List<String> all = new ArrayList<>(count);
    for (; count > 0; count = block()) {
      for (int i = 0; i < count; i++) {
        all.add(name());
      }
    }
    return all;
  }

  AvroCursor passWhole() {
    while (bytes[at++] < 0) {
      // goes on
    }
    return this;
  }

  AvroCursor passNumbers(int count) {
    passed(Math.multiplyExact(count, Double.BYTES));
    return this;
  }

  AvroCursor passPlain(int length) {
    passed(length);
    return this;
  }

  AvroCursor passTruth() {
    passed(1);
    return this;
  }

  AvroCursor passText() {
    passed(integer());
    return this;
  }

  AvroCursor passTexts() {
    for (int count = block(); count > 0; count = block()) {
      for (int i = 0; i < count; i++) {
        passText();
      }
    }
    return this;
  }

  /** An array of numbers. */
  AvroCursor passNumberArray() {
    for (int count = block(); count > 0; count = block()) {
      passNumbers(count);
    }
    return this;
  }

  /** Goes on behind so many bytes; where they begin. */
  private int passed(int length) {
    int from = at;
    if (length < 0 || length > bytes.length - at) {
      throw new IndexOutOfBoundsException(
          length + " bytes at " + at + " of " + bytes.length + " end behind the value");
    }
    at += length;
    return from;
  }
}
