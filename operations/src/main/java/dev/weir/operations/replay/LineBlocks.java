package dev.weir.operations.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a stream into blocks of whole lines, so that finding the lines is work for other threads. */
final class LineBlocks {
  private static final int BLOCK_BYTES = 256 << 10;
  private static final int LINE_BYTES_MAX = 64 << 20;

  private final InputStream in;
  private byte[] rest = {};
  private long at;

  /**
   * Some lines.
   *
   * @param at how many bytes come before it
   */
  record Block(long at, byte[] bytes) {}

  LineBlocks(InputStream in) {
    this.in = in;
  }

  /**
   * The next lines; empty at the end.
   *
   * @throws IllegalArgumentException if a line is longer than 64 MiB
   */
  Optional<Block> next() throws IOException {
    byte[] bytes = Arrays.copyOf(rest, Math.max(BLOCK_BYTES, 2 * rest.length));
    int length = rest.length;
    while (true) {
      length += in.readNBytes(bytes, length, bytes.length - length);
      boolean isEnd = length < bytes.length;
      int end = isEnd ? length : lastLineEnd(bytes);
      if (isEnd || end > 0) {
        rest = Arrays.copyOfRange(bytes, end, length);
        Block block = new Block(at, Arrays.copyOf(bytes, end));
        at += end;
        return end == 0 ? Optional.empty() : Optional.of(block);
      }
      if (length >= LINE_BYTES_MAX) {
        throw new IllegalArgumentException(
            "the line at byte " + at + " is longer than " + LINE_BYTES_MAX + " bytes");
      }
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
  }

  /* Where the last whole line ends; 0 if none does. */
  private static int lastLineEnd(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }
}
