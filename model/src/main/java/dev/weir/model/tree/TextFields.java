package dev.weir.model.tree;

import java.util.Map;

/** One section of a LightGBM text file: keys with values, and its name for refusals. */
record TextFields(String path, Map<String, String> fields) {
  boolean has(String key) {
    return fields.containsKey(key);
  }

  String text(String key) {
    String value = fields.get(key);
    if (value == null) {
      throw new UnreadableModel(path + "." + key, "missing", "a LightGBM model needs it");
    }
    return value;
  }

  String[] words(String key) {
    String value = text(key).strip();
    return value.isEmpty() ? new String[0] : value.split(" +");
  }

  int integer(String key, int min, int max) {
    int value = integer(path + "." + key, text(key));
    if (value < min || value > max) {
      throw new UnreadableModel(path + "." + key, value, "outside [" + min + ", " + max + "]");
    }
    return value;
  }

  int[] integers(String key, int length) {
    String[] words = words(key, length);
    int[] values = new int[length];
    for (int i = 0; i < length; i++) {
      values[i] = integer(path + "." + key + "[" + i + "]", words[i]);
    }
    return values;
  }

  double[] numbers(String key, int length) {
    String[] words = words(key, length);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = number(path + "." + key + "[" + i + "]", words[i]);
    }
    return values;
  }

  private String[] words(String key, int length) {
    String[] words = length == 0 && !has(key) ? new String[0] : words(key);
    if (words.length != length) {
      throw new UnreadableModel(
          path + "." + key, words.length + " long", "expected " + length + " entries");
    }
    return words;
  }

  /** A finite number. */
  static double number(String path, String word) {
    try {
      double value = Double.parseDouble(word);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as infinite numbers are.
    }
    throw new UnreadableModel(path, word, "expected a finite number");
  }

  private static int integer(String path, String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new UnreadableModel(path, word, "expected a whole number");
    }
  }
}
