package dev.weir.lab.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.domain.RawRecord;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folds that never split a group, the same for the same seed. */
class GroupFoldsTest {
  @TempDir
  Path directory;

  private List<RawRecord> records;

  @BeforeEach
  void begin() {
    records = World.records(directory, PassengerWorld.rows(600, 3));
  }

  @Test
  void of_groups_areNeverSplit() {
    GroupFolds folds = GroupFolds.of(records, 5, 1);

    Map<String, Integer> foldOfGroup = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      int fold = folds.foldOfRow()[i];
      Integer earlier = foldOfGroup.putIfAbsent(records.get(i).group(), fold);
      assertThat(earlier == null ? fold : earlier).isEqualTo(fold);
    }
    assertThat(folds.groups()).isEqualTo(foldOfGroup.size());
  }

  @Test
  void of_folds_differByAGroupAtMost() {
    GroupFolds folds = GroupFolds.of(records, 5, 1);

    int[] sizes = new int[5];
    IntStream.of(folds.foldOfRow()).forEach(fold -> sizes[fold]++);
    assertThat(
            IntStream.of(sizes).max().orElseThrow() - IntStream.of(sizes).min().orElseThrow())
        .isLessThanOrEqualTo(8);
  }

  @Test
  void of_sameSeed_givesTheSameFolds() {
    assertThat(GroupFolds.of(records, 5, 1).foldOfRow())
        .isEqualTo(GroupFolds.of(records, 5, 1).foldOfRow());
  }

  @Test
  void of_otherSeed_givesOtherFolds() {
    assertThat(GroupFolds.of(records, 5, 2).foldOfRow())
        .isNotEqualTo(GroupFolds.of(records, 5, 1).foldOfRow());
  }

  @Test
  void rows_insideAndOutside_areAllRowsOnce() {
    GroupFolds folds = GroupFolds.of(records, 3, 1);

    assertThat(
            IntStream.concat(IntStream.of(folds.rows(1, true)), IntStream.of(folds.rows(1, false)))
                .sorted()
                .toArray())
        .isEqualTo(IntStream.range(0, records.size()).toArray());
    assertThat(IntStream.of(folds.rows(1, true))).allMatch(row -> folds.foldOfRow()[row] == 1);
  }
}
