package dev.weir.model.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The categories seen in training, in sorted order, for each attribute that has categories. */
public final class Vocabulary {
  /** The code of a category that was not seen in training. */
  public static final int UNSEEN = -1;

  private final List<List<String>> categories;
  private final List<Map<String, Integer>> codes;

  /** Per attribute the distinct categories in order; an empty list where it has none. */
  public Vocabulary(List<List<String>> categories) {
    this.categories = categories.stream().map(List::copyOf).toList();
    this.codes = this.categories.stream().map(Vocabulary::codes).toList();
  }

  private static Map<String, Integer> codes(List<String> categories) {
    Map<String, Integer> codes = new HashMap<>();
    for (String category : categories) {
      if (codes.put(category, codes.size()) != null) {
        throw new IllegalArgumentException("category '" + category + "' stands twice");
      }
    }
    return codes;
  }

  /** The categories of an attribute, by code. */
  public List<String> categories(int attribute) {
    return categories.get(attribute);
  }

  /** The code of a category, or {@link #UNSEEN}. */
  public int code(int attribute, String category) {
    return codes.get(attribute).getOrDefault(category, UNSEEN);
  }
}
