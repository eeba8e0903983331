package dev.weir.model.domain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts by row as UTF-8, one after the other, for text that hardly repeats. */
final class TextColumn {
  private byte[] bytes = new byte[64];
  private int[] ends = new int[16];

  /** @param row the number of rows so far */
  void add(int row, String text) {
    byte[] added = text.getBytes(StandardCharsets.UTF_8);
    int start = start(row);
    long end = (long) start + added.length;
    if (end > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "the texts of one field take more than 2 GiB by row " + row + "; use fewer rows");
    }
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max((int) end, RecordColumns.grown(bytes.length)));
    }
    if (row == ends.length) {
      ends = Arrays.copyOf(ends, RecordColumns.grown(row));
    }
    System.arraycopy(added, 0, bytes, start, added.length);
    ends[row] = (int) end;
  }

  String get(int row) {
    int start = start(row);
    return new String(bytes, start, ends[row] - start, StandardCharsets.UTF_8);
  }

  private int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }
}
