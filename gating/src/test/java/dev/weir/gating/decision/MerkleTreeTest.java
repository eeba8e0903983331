package dev.weir.gating.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Fingerprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  private static List<Fingerprint> leaves(int count) {
    return IntStream.range(0, count).mapToObj(i -> Fingerprint.of("leaf " + i)).toList();
  }

  @Test
  void root_oneLeaf_isTheLeaf() {
    assertThat(MerkleTree.root(leaves(1))).isEqualTo(leaves(1).get(0));
  }

  /* printf of the two digests' bytes through sha256sum, level by level. */
  @Test
  void root_threeLeaves_hashesTheFirstTwoAndMovesTheThirdUp() {
    assertThat(
            MerkleTree.root(List.of(Fingerprint.of("a"), Fingerprint.of("b"), Fingerprint.of("c")))
                .hex())
        .isEqualTo("7075152d03a5cd92104887b476862778ec0c87be5c2fa1c0a90f87c49fad6eff");
  }

  @Test
  void root_noLeaf_isRefused() {
    assertThatThrownBy(() -> MerkleTree.root(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void root_anyLeafChangedMovedOrTakenAway_differs(
      @ForAll @IntRange(min = 2, max = 40) int count, @ForAll @IntRange(max = 39) int which) {
    List<Fingerprint> leaves = leaves(count);
    int i = which % count;
    Fingerprint root = MerkleTree.root(leaves);

    List<Fingerprint> changed = new ArrayList<>(leaves);
    changed.set(i, Fingerprint.of("another"));
    assertThat(MerkleTree.root(changed)).isNotEqualTo(root);

    List<Fingerprint> swapped = new ArrayList<>(leaves);
    Collections.swap(swapped, i, (i + 1) % count);
    assertThat(MerkleTree.root(swapped)).isNotEqualTo(root);

    List<Fingerprint> fewer = new ArrayList<>(leaves);
    fewer.remove(i);
    assertThat(MerkleTree.root(fewer)).isNotEqualTo(root);
  }
}
