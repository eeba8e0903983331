package dev.weir.lab.evaluate;

import dev.weir.lab.corrupt.Arrival;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a stream forms batches.
 *
 * @param size of consecutive records, at least 1; 0 for one batch per group
 */
public record Batching(int size) {
  /** One batch per group of records that belong together. */
  public static final Batching BY_GROUP = new Batching(0);

  public Batching {
    if (size < 0) {
      throw new IllegalArgumentException("a batch of " + size + " records; it has at least 1");
    }
  }

  /** As reports write it. */
  public String label() {
    return size == 0 ? "group" : String.valueOf(size);
  }

  /** The positions of each batch's arrivals, batches in order of their first. */
  List<List<Integer>> batches(List<Arrival> arrivals) {
    Map<Object, List<Integer>> batches = new LinkedHashMap<>();
    for (int i = 0; i < arrivals.size(); i++) {
      Object key = size == 0 ? arrivals.get(i).origin().group() : Integer.valueOf(i / size);
      batches.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
    }
    return List.copyOf(batches.values());
  }
}
