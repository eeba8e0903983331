package dev.weir.lab.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.gating.gate.Batch;
import dev.weir.lab.data.CsvFile;
import dev.weir.lab.data.CsvRecords;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How rows become batches. */
class CsvBatchesTest {
  @TempDir
  Path directory;

  private static List<String> ids(Batch batch) {
    return batch.records().stream().map(member -> member.record().id()).toList();
  }

  private CsvRecords rows(String... lines) {
    CsvFile file = CsvFile.in(directory).line("PassengerId,HomePlanet,Age");
    for (String line : lines) {
      file.line(line);
    }
    return file.read();
  }

  @Test
  void of_sameValue_gathersRowsFromAllOverTheFile() {
    List<Batch> batches = CsvBatches.of(
        rows("1,Mars,1", "2,Earth,1", "3,Mars,1"), new BatchBy.SameValue("HomePlanet"));

    assertThat(batches).extracting(Batch::id).containsExactly("Mars", "Earth");
    assertThat(batches)
        .extracting(CsvBatchesTest::ids)
        .containsExactly(List.of("1", "3"), List.of("2"));
  }

  @Test
  void of_sameSensitiveValue_namesNoBatchByIt() {
    List<Batch> batches = CsvBatches.of(
        rows("1,Mars,1", "2,Earth,1", "3,Mars,1"), new BatchBy.SameValue("HomePlanet", false));

    assertThat(batches).extracting(Batch::id).containsExactly("row-0", "row-1");
    assertThat(batches)
        .extracting(CsvBatchesTest::ids)
        .containsExactly(List.of("1", "3"), List.of("2"));
  }

  @Test
  void of_consecutive_cutsTheFileAndLeavesTheRest() {
    List<Batch> batches =
        CsvBatches.of(rows("1,,", "2,,", "3,,", "4,,", "5,,"), new BatchBy.Consecutive(2));

    assertThat(batches)
        .extracting(CsvBatchesTest::ids)
        .containsExactly(List.of("1", "2"), List.of("3", "4"), List.of("5"));
  }

  @Test
  void of_rowsWithoutAValue_areBatchesOfOne() {
    List<Batch> batches = CsvBatches.of(rows("1,,1", "2,,1"), new BatchBy.SameValue("HomePlanet"));

    assertThat(batches).extracting(CsvBatchesTest::ids).containsExactly(List.of("1"), List.of("2"));
  }

  @Test
  void of_valueThatReadsLikeANamelessRow_isAnotherBatch() {
    List<Batch> batches =
        CsvBatches.of(rows("1,,1", "2,row-0,1"), new BatchBy.SameValue("HomePlanet"));

    assertThat(batches).extracting(CsvBatchesTest::ids).containsExactly(List.of("1"), List.of("2"));
  }

  @Test
  void of_invalidRow_countsInItsBatchWithoutARecord() {
    Batch batch = CsvBatches.of(rows("1,Mars,old", "2,Mars,1"), new BatchBy.Consecutive(2))
        .get(0);

    assertThat(ids(batch)).containsExactly("2");
    assertThat(batch.rejected()).isEqualTo(1);
    assertThat(batch.size()).isEqualTo(2);
  }

  @Test
  void of_onlyInvalidRows_isABatchWithoutRecords() {
    Batch batch =
        CsvBatches.of(rows("1,Mars,old"), new BatchBy.SameValue("HomePlanet")).get(0);

    assertThat(batch.records()).isEmpty();
    assertThat(batch.rejected()).isEqualTo(1);
  }

  @Test
  void of_positions_areTheFilesNameAndTheRowFromZero() {
    List<Batch> batches = CsvBatches.of(
        rows("1,Mars,1", "2,Earth,old", "3,Earth,1"), new BatchBy.SameValue("HomePlanet"));

    assertThat(batches)
        .flatExtracting(Batch::records)
        .extracting(Batch.Member::source)
        .containsExactly(new Position("rows.csv", 0, 0), new Position("rows.csv", 0, 2));
  }

  @Test
  void of_part_isTheFirstRowEvenIfInvalid() {
    List<Batch> batches = CsvBatches.of(
        rows("1,Mars,1", "2,Earth,old", "3,Earth,1"), new BatchBy.SameValue("HomePlanet"));

    assertThat(batches).extracting(Batch::part).containsExactly(0L, 1L);
  }

  @Test
  void of_closeReason_tellsOneRowFromSeveral() {
    List<Batch> batches = CsvBatches.of(
        rows("1,Mars,1", "2,Earth,1", "3,Earth,old"), new BatchBy.SameValue("HomePlanet"));

    assertThat(batches)
        .extracting(Batch::closeReason)
        .containsExactly(CloseReason.SINGLE, CloseReason.SIZE);
  }
}
