package dev.weir.model.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * Doubles as ECMAScript's Number.prototype.toString writes them (RFC 8785, 3.2.2.3): the fewest
 * digits that read back, of these the nearest, straight into bytes.
 */
final class ShortestDecimal {
  /*
   * Schubfach (Raffaello Giulietti, "The Schubfach way to render doubles", 2020): of v = c·2^q the
   * rounding interval is wider than 10^k and at most 10^(k+1) wide. So it holds at most one multiple of
   * 10^(k+1), which is shorter than all else in it, and at least one of the two multiples of 10^k
   * around v. Both are found from floor-like products of 4c with g ≈ 10^(−k)·2^r in 126 bits, rounded to
   * odd, so that comparing integers compares the exact values. Java's Double.toString does the same from
   * JDK 19 on, but writes two digits where one is enough; ECMAScript does not.
   */

  /** The longest is as -1.2345678901234567e-308. */
  static final int BYTES_MAX = 25;

  /** Whole numbers below are written digit by digit by ECMAScript too. */
  private static final double WHOLE_MAX = 1e15;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final long HIDDEN = 1L << FRACTION_BITS;
  private static final int Q_MIN = -1074;
  private static final int K_MIN = -324;
  private static final int K_MAX = 292;
  private static final int G_BITS = 126;
  private static final int HALF_BITS = 63;
  private static final long HALF = (1L << HALF_BITS) - 1;

  /** The upper and the lower 63 bits of g, by k − K_MIN. */
  private static final long[] UPPER = new long[K_MAX - K_MIN + 1];

  private static final long[] LOWER = new long[K_MAX - K_MIN + 1];

  static {
    for (int k = K_MIN; k <= K_MAX; k++) {
      BigInteger g = beta(k).add(BigInteger.ONE);
      UPPER[k - K_MIN] = g.shiftRight(HALF_BITS).longValueExact();
      LOWER[k - K_MIN] = g.and(BigInteger.valueOf(HALF)).longValueExact();
    }
  }

  /** log10 2 in so many bits: near enough for the digits of any long. */
  private static final int LOG10_BITS = 12;

  private static final int LOG10_OF_2 = 1233;
  private static final int EIGHT_DIGITS = 100_000_000;

  /** The powers of ten that a long holds. */
  private static final long[] TENS = new long[19];

  /** The digits of 00 to 99, as they lie in memory. */
  private static final short[] PAIRS = new short[100];

  private static final VarHandle PAIR =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = 10 * TENS[i - 1];
    }
    for (int i = 0; i < 100; i++) {
      PAIRS[i] = (short) ('0' + i / 10 | '0' + i % 10 << Byte.SIZE);
    }
  }

  private ShortestDecimal() {}

  /** The first 126 bits of 10^(−k). */
  private static BigInteger beta(int k) {
    BigInteger power = BigInteger.TEN.pow(Math.abs(k));
    return k <= 0
        ? power.shiftRight(power.bitLength() - G_BITS)
        : BigInteger.ONE.shiftLeft(power.bitLength() + G_BITS - 1).divide(power);
  }

  /**
   * Writes a number and says where it ends.
   *
   * @param to with room for {@link #BYTES_MAX}
   * @throws IllegalArgumentException for NaN or an infinity
   */
  static int write(double value, byte[] to, int from) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no number " + value);
    }
    int at = from;
    if (value < 0) {
      to[at++] = '-';
    }
    double size = Math.abs(value);
    if (size < WHOLE_MAX && size == (long) size) {
      long whole = (long) size;
      return digits(whole, length(whole), to, at);
    }
    long bits = Double.doubleToRawLongBits(size);
    int exponent = (int) (bits >>> FRACTION_BITS);
    long fraction = bits & FRACTION;
    return exponent == 0
        ? write(Q_MIN, fraction, to, at)
        : write(Q_MIN - 1 + exponent, HIDDEN | fraction, to, at);
  }

  private static int write(int q, long c, byte[] to, int at) {
    int odd = (int) c & 1;
    long left = (c << 2) - 2;
    int k;
    if (c != HIDDEN || q == Q_MIN) {
      k = floorLog10Of2To(q);
    } else {
      // Below a power of two doubles lie twice as close.
      left++;
      k = floorLog10Of3QuartersOf2To(q);
    }
    int h = q + floorLog2Of10To(-k) + 2;
    long upper = UPPER[k - K_MIN];
    long lower = LOWER[k - K_MIN];
    long v = roundedToOdd(upper, lower, c << 2 << h);
    long vLeft = roundedToOdd(upper, lower, left << h) + odd;
    long vRight = roundedToOdd(upper, lower, (c << 2) + 2 << h) - odd;

    long s = v >> 2;
    long tens = s / 10 * 10;
    boolean lowerTen = tens > 0 && vLeft <= tens << 2;
    boolean upperTen = tens + 10 << 2 <= vRight;
    if (lowerTen != upperTen) {
      return shortened(lowerTen ? tens : tens + 10, k, to, at);
    }
    // Neither of these two is a multiple of ten, or it would have been found.
    boolean lowerOne = vLeft <= s << 2;
    boolean upperOne = s + 1 << 2 <= vRight;
    if (lowerOne != upperOne) {
      return layout(lowerOne ? s : s + 1, k, to, at);
    }
    long fromMiddle = v - (s + s + 1 << 1);
    return layout(fromMiddle < 0 || fromMiddle == 0 && (s & 1) == 0 ? s : s + 1, k, to, at);
  }

  /* All three are exact for the exponents of doubles (Giulietti, 2020). */
  private static int floorLog10Of2To(int e) {
    return (int) (e * 661_971_961_083L >> 41);
  }

  private static int floorLog10Of3QuartersOf2To(int e) {
    return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
  }

  private static int floorLog2Of10To(int e) {
    return (int) (e * 913_124_641_741L >> 38);
  }

  private static long roundedToOdd(long upper, long lower, long factor) {
    long x1 = Math.multiplyHigh(lower, factor);
    long y0 = upper * factor;
    long y1 = Math.multiplyHigh(upper, factor);
    long z = (y0 >>> 1) + x1;
    long w = y1 + (z >>> HALF_BITS);
    return w | (z & HALF) + HALF >>> HALF_BITS;
  }

  /** Writes f·10^k without the zeros at f's end; f > 0. */
  private static int shortened(long f, int k, byte[] to, int at) {
    long shortest = f;
    int exponent = k;
    while (shortest % 10_000 == 0) {
      shortest /= 10_000;
      exponent += 4;
    }
    while (shortest % 10 == 0) {
      shortest /= 10;
      exponent++;
    }
    return layout(shortest, exponent, to, at);
  }

  /** Writes f·10^k by ECMA-262's rules; f > 0 has no zeros at its end. */
  private static int layout(long f, int k, byte[] to, int at) {
    int count = length(f);
    int point = k + count;
    if (count <= point && point <= 21) {
      return zeros(point - count, to, digits(f, count, to, at));
    }
    if (0 < point && point <= 21) {
      return pointed(f, count, point, to, at);
    }
    if (-6 < point && point <= 0) {
      to[at] = '0';
      to[at + 1] = '.';
      return digits(f, count, to, zeros(-point, to, at + 2));
    }
    int end = count == 1 ? digits(f, 1, to, at) : pointed(f, count, 1, to, at);
    to[end] = 'e';
    to[end + 1] = (byte) (point - 1 < 0 ? '-' : '+');
    int power = Math.abs(point - 1);
    return digits(power, length(power), to, end + 2);
  }

  private static int pointed(long f, int count, int point, byte[] to, int at) {
    int end = digits(f, count, to, at + 1);
    System.arraycopy(to, at + 1, to, at, point);
    to[at + point] = '.';
    return end;
  }

  private static int zeros(int count, byte[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] = '0';
    }
    return at + count;
  }

  /** How many digits f has, at least one; f ≥ 0. */
  private static int length(long f) {
    long size = f | 1;
    int least = (Long.SIZE - Long.numberOfLeadingZeros(size)) * LOG10_OF_2 >> LOG10_BITS;
    return size >= TENS[least] ? least + 1 : least;
  }

  /** Writes all digits of f, of which there are so many. */
  private static int digits(long f, int count, byte[] to, int at) {
    int end = at + count;
    int position = end;
    long rest = f;
    while (rest >= EIGHT_DIGITS) {
      long next = rest / EIGHT_DIGITS;
      position -= 8;
      eight((int) (rest - next * EIGHT_DIGITS), to, position);
      rest = next;
    }
    int small = (int) rest;
    for (; position - at > 1; small /= 100) {
      position -= 2;
      PAIR.set(to, position, PAIRS[small % 100]);
    }
    if (position > at) {
      to[at] = (byte) ('0' + small);
    }
    return end;
  }

  /* No pair waits for another one. */
  private static void eight(int value, byte[] to, int at) {
    int upper = value / 10_000;
    int lower = value - 10_000 * upper;
    int first = upper / 100;
    int third = lower / 100;
    PAIR.set(to, at, PAIRS[first]);
    PAIR.set(to, at + 2, PAIRS[upper - 100 * first]);
    PAIR.set(to, at + 4, PAIRS[third]);
    PAIR.set(to, at + 6, PAIRS[lower - 100 * third]);
  }
}
