package dev.weir.model.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON in UTF-8, its numbers and texts written as {@link CanonicalJson} writes them, in a buffer
 * that is used again. The order of properties and the brackets are the caller's. For one thread.
 */
public final class JsonBytes {
  private static final int LENGTH = 4096;
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  /* Which ASCII characters a text in quotes has as they are. */
  private static final boolean[] PLAIN = new boolean[0x80];

  /* Names, and words from a closed set, come again with every value: each is spelled once. A power of two. */
  private static final int NAMES = 1024;

  static {
    Arrays.fill(PLAIN, 0x20, 0x7f, true);
    PLAIN['"'] = false;
    PLAIN['\\'] = false;
  }

  private final @Nullable String[] names = new String[NAMES];
  private final byte[][] spelled = new byte[NAMES][];
  private final RecentDecimals decimals = new RecentDecimals();
  private byte[] bytes = new byte[LENGTH];
  private int length;

  /** Forgets what was written. */
  public void clear() {
    length = 0;
  }

  /** The name of an object's next property, after a comma where one is needed. */
  public JsonBytes name(String name) {
    return next().spelled(name);
  }

  /** A text of which there are few, so that it comes again; see {@link #text} for all others. */
  public JsonBytes word(String word) {
    spelled(word);
    length--;
    return this;
  }

  /* With a colon behind it. */
  private JsonBytes spelled(String name) {
    int slot = name.hashCode() & NAMES - 1;
    if (name.equals(names[slot])) {
      return ascii(spelled[slot]);
    }
    int begin = length;
    text(name).plain(':');
    if (names[slot] == null) {
      names[slot] = name;
      spelled[slot] = Arrays.copyOfRange(bytes, begin, length);
    }
    return this;
  }

  /** Begins the next element, with a comma where one is needed. */
  public JsonBytes next() {
    byte last = length == 0 ? (byte) '[' : bytes[length - 1];
    return last == '[' || last == '{' ? this : plain(',');
  }

  /** null. */
  public JsonBytes none() {
    return ascii(NULL);
  }

  /** true or false. */
  public JsonBytes truth(boolean value) {
    return ascii(value ? TRUE : FALSE);
  }

  /** So many lowest bits as a text of zeros and ones, the lowest first. */
  public JsonBytes bits(long value, int count) {
    reserve(count + 2);
    bytes[length++] = '"';
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) ('0' + (value >>> i & 1));
    }
    bytes[length++] = '"';
    return this;
  }

  private JsonBytes ascii(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, length, json.length);
    length += json.length;
    return this;
  }

  /** One ASCII character as it is. */
  public JsonBytes plain(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException for NaN or an infinity
   */
  public JsonBytes number(double value) {
    reserve(RecentDecimals.ROOM);
    length = decimals.write(value, bytes, length);
    return this;
  }

  /** A whole number; above 2^53 the double nearest to it, as all of JSON's numbers are. */
  public JsonBytes whole(long value) {
    reserve(ShortestDecimal.BYTES_MAX);
    length = ShortestDecimal.write((double) value, bytes, length);
    return this;
  }

  /**
   * A text in quotes.
   *
   * @throws IllegalArgumentException for half a surrogate pair, which UTF-8 cannot say
   */
  public JsonBytes text(String value) {
    int count = value.length();
    reserve(count + 2);
    byte[] to = bytes;
    int first = length + 1;
    to[length] = '"';
    for (int i = 0; i < count; i++) {
      char c = value.charAt(i);
      if (c >= PLAIN.length || !PLAIN[c]) {
        length = first + i;
        return textFrom(value, i);
      }
      to[first + i] = (byte) c;
    }
    to[first + count] = '"';
    length = first + count + 1;
    return this;
  }

  private JsonBytes textFrom(String value, int from) {
    StringBuilder rest = new StringBuilder();
    CanonicalJson.quote(value.substring(from), rest);
    // The quote before it is written already.
    return ascii(rest.substring(1).getBytes(StandardCharsets.UTF_8));
  }

  /** Hands what was written to a digest. */
  public void update(MessageDigest digest) {
    digest.update(bytes, 0, length);
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
