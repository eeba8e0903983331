package dev.weir.gating.decision;

import dev.weir.model.bundle.Fingerprint;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree of SHA-256 over the seals of a batch part (gate.md §12): leaves in batch order, a parent
 * is the hash of its two children's bytes, an odd node moves up as it is.
 */
public final class MerkleTree {
  private MerkleTree() {}

  /**
   * The root, which no leaf can be changed, moved, added or taken away without changing.
   *
   * @throws IllegalArgumentException if there is no leaf
   */
  public static Fingerprint root(List<Fingerprint> leaves) {
    if (leaves.isEmpty()) {
      throw new IllegalArgumentException("a tree without leaves has no root");
    }
    List<Fingerprint> level = leaves;
    while (level.size() > 1) {
      level = parents(level);
    }
    return level.get(0);
  }

  private static List<Fingerprint> parents(List<Fingerprint> level) {
    List<Fingerprint> parents = new ArrayList<>((level.size() + 1) / 2);
    for (int i = 0; i + 1 < level.size(); i += 2) {
      parents.add(parent(level.get(i), level.get(i + 1)));
    }
    if (level.size() % 2 == 1) {
      parents.add(level.get(level.size() - 1));
    }
    return parents;
  }

  private static Fingerprint parent(Fingerprint left, Fingerprint right) {
    byte[] both = new byte[2 * Fingerprint.BYTES];
    left.copyTo(both, 0);
    right.copyTo(both, Fingerprint.BYTES);
    return Fingerprint.of(both);
  }
}
