package dev.weir.model.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Categories by row, each name held once. */
final class CategoryColumn {
  private static final int NONE = -1;

  private final Map<String, Integer> codeOfName = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private int[] codes = new int[16];

  /** @param row the number of rows so far */
  void add(int row, @Nullable String name) {
    if (row == codes.length) {
      codes = Arrays.copyOf(codes, RecordColumns.grown(row));
    }
    codes[row] = name == null ? NONE : code(name);
  }

  private int code(String name) {
    Integer known = codeOfName.putIfAbsent(name, names.size());
    if (known == null) {
      names.add(name);
      return names.size() - 1;
    }
    return known;
  }

  @Nullable
  String get(int row) {
    return codes[row] == NONE ? null : names.get(codes[row]);
  }
}
