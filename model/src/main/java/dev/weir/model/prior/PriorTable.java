package dev.weir.model.prior;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The slice priors of one level by key, found without making a string of the key: open addressing
 * by the key's characters, at most half full. Immutable.
 */
final class PriorTable {
  private final @Nullable SlicePrior[] slots;

  PriorTable(Map<String, SlicePrior> priors) {
    slots = new SlicePrior[Math.max(2, Integer.highestOneBit(priors.size()) << 2)];
    priors.forEach((key, prior) -> slots[slot(key)] = prior);
  }

  /** The prior of a key, or null where training had no record of it. */
  @Nullable
  SlicePrior of(CharSequence key) {
    return slots[slot(key)];
  }

  /** Where the key stands, or the free slot where it would. */
  private int slot(CharSequence key) {
    int slot = hash(key) & slots.length - 1;
    SlicePrior found = slots[slot];
    while (found != null && !found.key().contentEquals(key)) {
      slot = slot + 1 & slots.length - 1;
      found = slots[slot];
    }
    return slot;
  }

  private static int hash(CharSequence key) {
    int hash = 0;
    for (int i = 0; i < key.length(); i++) {
      hash = 31 * hash + key.charAt(i);
    }
    return hash ^ hash >>> 16;
  }
}
