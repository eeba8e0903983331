package dev.weir.model.tree;

import java.util.Arrays;

/** Sets of category codes as bits: code c is bit c mod 64 of word c / 64. */
final class Categories {
  private Categories() {}

  static long[] of(int[] codes) {
    int largest = Arrays.stream(codes).max().orElse(-1);
    long[] words = new long[(largest >> 6) + 1];
    for (int code : codes) {
      words[code >> 6] |= 1L << code;
    }
    return words;
  }
}
