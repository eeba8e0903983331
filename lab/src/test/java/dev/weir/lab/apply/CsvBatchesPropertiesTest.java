package dev.weir.lab.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.gate.Batch;
import dev.weir.lab.data.CsvFile;
import dev.weir.lab.data.CsvRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Every row is in exactly one batch, whatever the rows and the grouping. */
class CsvBatchesPropertiesTest {
  private static Path directory;

  @BeforeContainer
  static void begin() throws IOException {
    directory = Files.createTempDirectory("weir-batches");
  }

  @AfterContainer
  static void end() throws IOException {
    Files.deleteIfExists(directory.resolve("rows.csv"));
    Files.delete(directory);
  }

  @Property(tries = 60)
  void of_anyRowsAndGrouping_putsEveryRowInExactlyOneBatch(
      @ForAll("planets") List<String> planets, @ForAll("groupings") BatchBy by) throws IOException {
    CsvFile file = CsvFile.in(directory).line("PassengerId,HomePlanet,Age");
    IntStream.range(0, planets.size())
        .forEach(i -> file.line(i + "," + planets.get(i) + "," + (i % 7 == 3 ? "old" : "1")));
    CsvRecords rows = file.read();

    List<Batch> batches = CsvBatches.of(rows, by);

    List<Long> offsets = new ArrayList<>();
    int rejected = 0;
    for (Batch batch : batches) {
      batch.records().forEach(member -> offsets.add(member.source().offset()));
      rejected += batch.rejected();
      assertThat(batch.records())
          .isSortedAccordingTo(Comparator.comparingLong(m -> m.source().offset()));
    }
    assertThat(offsets).doesNotHaveDuplicates();
    assertThat(offsets.size() + rejected).isEqualTo(planets.size());
    assertThat(batches).extracting(Batch::part).isSorted().doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<List<String>> planets() {
    return Arbitraries.of("Earth", "Mars", "", "row-1", "rows-0")
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<BatchBy> groupings() {
    return Arbitraries.of(
        new BatchBy.SameValue("HomePlanet"),
        new BatchBy.SameValue("TravelGroup"),
        new BatchBy.Consecutive(1),
        new BatchBy.Consecutive(7),
        new BatchBy.Consecutive(Integer.MAX_VALUE));
  }
}
