package dev.weir.model.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers written as {@link ShortestDecimal} writes them, those of late copied: within one decision most
 * numbers stand twice, and what a slice or a bundle has stands in decision after decision. For one thread.
 */
final class RecentDecimals {
  /** How many bytes behind a number's begin are written over, the number's own among them. */
  static final int ROOM = 4 * Long.BYTES;

  /* Several decisions' numbers; the texts take half of a first-level cache. */
  private static final int SLOTS_LOG = 9;

  /* Fibonacci hashing: the upper bits of the product depend on all bits of the number. */
  private static final long MIX = 0x9e3779b97f4a7c15L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /* All zero at first, which is the number 0, and that is in the first slot. */
  private final long[] numbers = new long[1 << SLOTS_LOG];
  private final byte[] lengths = new byte[numbers.length];
  private final byte[] texts = new byte[numbers.length * ROOM];

  RecentDecimals() {
    fill(0, 0, 0);
  }

  /**
   * Writes a number and says where it ends.
   *
   * @param to with {@link #ROOM} from there on
   * @throws IllegalArgumentException for NaN or an infinity
   */
  int write(double value, byte[] to, int from) {
    long bits = Double.doubleToRawLongBits(value);
    int slot = (int) (bits * MIX >>> Long.SIZE - SLOTS_LOG);
    if (numbers[slot] != bits) {
      fill(slot, bits, value);
    }
    // The copy of a fixed length takes a fraction of what one of the number's own would.
    int text = slot * ROOM;
    for (int i = 0; i < ROOM; i += Long.BYTES) {
      LONG.set(to, from + i, (long) LONG.get(texts, text + i));
    }
    return from + lengths[slot];
  }

  private void fill(int slot, long bits, double value) {
    int begin = slot * ROOM;
    lengths[slot] = (byte) (ShortestDecimal.write(value, texts, begin) - begin);
    numbers[slot] = bits;
  }
}
