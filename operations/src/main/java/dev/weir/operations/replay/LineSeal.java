package dev.weir.operations.replay;

import dev.weir.gating.decision.Seal;
import dev.weir.model.bundle.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The seal of a decision's JSON line by its bytes: the members of every object are put in order, and
 * what they say is taken as it stands. For one thread.
 *
 * <p>Where the line has numbers and texts in canonical form, as Weir writes them, this is {@link Seal};
 * else it is the seal of nothing. So one that fits proves the line, and one that does not says nothing.
 */
final class LineSeal {
  private static final byte[][] SEALS = {name(Seal.SEAL), name(Seal.BATCH_SEAL)};
  private static final int LINE_BYTES = 8 << 10;
  private static final int MEMBERS = 128;

  private final MessageDigest sha256;
  private byte[] in = {};
  private int at;
  private byte[] out = new byte[LINE_BYTES];
  private int length;
  private byte[] unsorted = new byte[LINE_BYTES];

  /* The members of the objects that are open: where each and its name lie in out, and how the name begins. */
  private int[] begins = new int[MEMBERS];
  private int[] nameEnds = new int[MEMBERS];
  private int[] ends = new int[MEMBERS];
  private long[] prefixes = new long[MEMBERS];
  private int[] order = new int[MEMBERS];
  private int members;

  LineSeal() {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static byte[] name(String name) {
    return ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
  }

  /** @param line an object in valid JSON */
  Fingerprint of(byte[] line) {
    in = line;
    at = 0;
    length = 0;
    members = 0;
    if (out.length <= line.length) { // it becomes no longer but for a comma
      out = new byte[2 * line.length];
      unsorted = new byte[2 * line.length];
    }
    skipBlanks();
    object(true);
    sha256.update(out, 0, length);
    return Fingerprint.ofSha256(sha256.digest());
  }

  private void value() {
    switch (in[at]) {
      case '{' -> object(false);
      case '[' -> array();
      case '"' -> text();
      default -> plain();
    }
  }

  private void object(boolean isWhole) {
    int first = members;
    out[length++] = in[at++];
    while (next() != '}') {
      int from = length;
      text();
      int nameEnd = length;
      out[length++] = (byte) next();
      at++;
      skipBlanks();
      value();
      if (isWhole && isSeal(from, nameEnd)) {
        length = from;
      } else {
        out[length++] = ',';
        member(from, nameEnd);
      }
    }
    at++;
    if (members > first) {
      sort(first);
      members = first;
      length--;
    }
    out[length++] = '}';
  }

  private boolean isSeal(int from, int to) {
    for (byte[] seal : SEALS) {
      if (Arrays.equals(out, from, to, seal, 0, seal.length)) {
        return true;
      }
    }
    return false;
  }

  private void array() {
    out[length++] = in[at++];
    boolean isFirst = true;
    while (next() != ']') {
      if (!isFirst) {
        out[length++] = ',';
      }
      isFirst = false;
      value();
    }
    out[length++] = in[at++];
  }

  private void text() {
    int from = at++;
    while (in[at] != '"') {
      at += in[at] == '\\' ? 2 : 1;
    }
    copy(from, ++at);
  }

  /* A number, a truth value or null. */
  private void plain() {
    int from = at;
    while (!isPunctuation(in[at])) {
      at++;
    }
    copy(from, at);
  }

  private void copy(int from, int to) {
    System.arraycopy(in, from, out, length, to - from);
    length += to - from;
  }

  /* What comes behind blanks and a comma. */
  private int next() {
    while (isBlank(in[at]) || in[at] == ',') {
      at++;
    }
    return in[at];
  }

  private void skipBlanks() {
    while (isBlank(in[at])) {
      at++;
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private static boolean isPunctuation(byte b) {
    return b == ',' || b == '}' || b == ']' || isBlank(b);
  }

  private void member(int from, int nameEnd) {
    if (members == begins.length) {
      begins = Arrays.copyOf(begins, 2 * members);
      nameEnds = Arrays.copyOf(nameEnds, 2 * members);
      ends = Arrays.copyOf(ends, 2 * members);
      prefixes = Arrays.copyOf(prefixes, 2 * members);
      order = new int[2 * members];
    }
    long prefix = 0;
    for (int i = from + 1; i <= from + Long.BYTES; i++) {
      prefix = prefix << Byte.SIZE | (i < nameEnd - 1 ? out[i] & 0xff : 0);
    }
    begins[members] = from;
    nameEnds[members] = nameEnd;
    ends[members] = length;
    prefixes[members++] = prefix;
  }

  /* By insertion: they are few, and most are in order. */
  private void sort(int first) {
    int begin = begins[first];
    System.arraycopy(out, begin, unsorted, begin, length - begin);
    for (int member = first; member < members; member++) {
      int place = member;
      while (place > first && isBefore(member, order[place - 1])) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = member;
    }
    length = begin;
    for (int place = first; place < members; place++) {
      int member = order[place];
      int bytes = ends[member] - begins[member];
      System.arraycopy(unsorted, begins[member], out, length, bytes);
      length += bytes;
    }
  }

  /* By bytes, which for names of Unicode's basic plane is RFC 8785's order. */
  private boolean isBefore(int one, int other) {
    int byPrefix = Long.compareUnsigned(prefixes[one], prefixes[other]);
    return byPrefix < 0
        || byPrefix == 0
            && Arrays.compareUnsigned(
                    out,
                    begins[one] + 1,
                    nameEnds[one] - 1,
                    out,
                    begins[other] + 1,
                    nameEnds[other] - 1)
                < 0;
  }
}
