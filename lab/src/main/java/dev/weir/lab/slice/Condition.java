package dev.weir.lab.slice;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * One thing that can be true of a record.
 *
 * @param words for people, for instance {@code HomePlanet = Earth}
 * @param detector as a domain file or a policy writes it
 * @param members bit i of word i / 64 is set iff it is true of row i
 */
public record Condition(String words, JsonNode detector, long[] members) {
  static boolean has(long[] members, int row) {
    return (members[row >>> 6] >>> (row & 63) & 1) != 0;
  }

  static long[] none(int rows) {
    return new long[(rows + 63) >>> 6];
  }

  static void add(long[] members, int row) {
    members[row >>> 6] |= 1L << (row & 63);
  }

  static long[] and(long[] a, long[] b) {
    long[] both = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      both[i] = a[i] & b[i];
    }
    return both;
  }

  static long[] or(long[] a, long[] b) {
    long[] either = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      either[i] = a[i] | b[i];
    }
    return either;
  }

  static long[] without(long[] members, long[] removed) {
    long[] left = new long[members.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = members[i] & ~removed[i];
    }
    return left;
  }

  /** The numbers of the rows, ascending. */
  static IntStream rows(long[] members) {
    return BitSet.valueOf(members).stream();
  }

  static int count(long[] members) {
    int count = 0;
    for (long word : members) {
      count += Long.bitCount(word);
    }
    return count;
  }

  static int countBoth(long[] a, long[] b) {
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      count += Long.bitCount(a[i] & b[i]);
    }
    return count;
  }
}
