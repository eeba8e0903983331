package dev.weir.bench;

/** Floats as whole numbers of the same order; a missing value is below or above all of them. */
final class FloatKeys {
  private FloatKeys() {}

  static int key(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  /** Fills two keys for each feature: missing is below all in the first half, above in the other. */
  static void fill(float[] row, int[] keys) {
    for (int feature = 0; feature < row.length; feature++) {
      boolean missing = Float.isNaN(row[feature]);
      int key = key(row[feature]);
      keys[feature] = missing ? Integer.MIN_VALUE : key;
      keys[row.length + feature] = missing ? Integer.MAX_VALUE : key;
    }
  }
}
