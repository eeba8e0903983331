package dev.weir.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.numeric.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folds never split a group, never look into the future, and are the same for the same seed. */
class FoldsTest {
  private static final DomainDefinition TIMED = DomainDefinition.read("timed.yaml", """
      domain: timed
      format: 1
      fields:
        - {name: id, kind: text, role: id}
        - {name: seller, kind: text, role: group}
        - {name: listed, kind: timestamp, role: time}
        - {name: price, kind: number}
        - {name: sold, kind: boolean, role: label}
      flags: {no_price: {anyMissing: [price]}}
      fragility: {}
      fragile: [no_price]
      imputation: {rules: []}
      features: {sums: {}}
      prior: {tau: 30, keys: []}
      """);

  @TempDir
  Path directory;

  private List<RawRecord> records;

  @BeforeEach
  void begin() {
    records = World.records(directory, PassengerWorld.rows(600, 3));
  }

  /** Sellers list up to 4 things each, within about a tenth of all time. */
  private static List<RawRecord> timed(int rows, long seed) {
    RecordParser parser = new RecordParser(TIMED.domain());
    SplittableRandom random = new SplittableRandom(seed);
    List<RawRecord> timed = new ArrayList<>();
    for (int seller = 0; timed.size() < rows; seller++) {
      long start = random.nextLong(1_000_000);
      for (int i = random.nextInt(4); i >= 0; i--) {
        timed.add(record(parser, "r" + timed.size(), seller, start + random.nextLong(100_000)));
      }
    }
    return timed;
  }

  private static RawRecord record(RecordParser parser, String id, int seller, long listed) {
    Map<String, Object> values = new HashMap<>();
    values.put("id", id);
    values.put("seller", "s" + seller);
    if (listed >= 0) {
      values.put("listed", listed);
    }
    values.put("price", 1.0);
    values.put("sold", seller % 2 == 0);
    return (RawRecord) parser.typed(values::get, List.of());
  }

  private static Set<String> groups(List<RawRecord> records, int[] rows) {
    return IntStream.of(rows).mapToObj(i -> records.get(i).group()).collect(Collectors.toSet());
  }

  @Test
  void of_groups_areNeverOnBothSidesOfASplit() {
    for (List<RawRecord> rows : List.of(records, timed(500, 7))) {
      for (Split split : Folds.of(rows, 5, 1).splits()) {
        assertThat(groups(rows, split.judged()))
            .doesNotContainAnyElementsOf(groups(rows, split.fitted()));
      }
    }
  }

  @Test
  void of_foldsWithoutTime_judgeEachRowOnce() {
    Folds folds = Folds.of(records, 5, 1);

    assertThat(folds.judged()).isEqualTo(IntStream.range(0, 600).toArray());
    assertThat(folds.splits().stream().mapToInt(split -> split.judged().length).sum())
        .isEqualTo(600);
    assertThat(folds.splits())
        .allSatisfy(
            split -> assertThat(split.fitted().length + split.judged().length).isEqualTo(600));
  }

  @Test
  void of_foldsWithoutTime_differByAGroupAtMost() {
    int[] sizes = Folds.of(records, 5, 1).splits().stream()
        .mapToInt(split -> split.judged().length)
        .toArray();

    assertThat(
            IntStream.of(sizes).max().orElseThrow() - IntStream.of(sizes).min().orElseThrow())
        .isLessThanOrEqualTo(8);
  }

  @Test
  void of_sameSeed_givesTheSameFolds() {
    assertThat(Folds.of(records, 5, 1).foldOfRow())
        .isEqualTo(Folds.of(records, 5, 1).foldOfRow());
  }

  @Test
  void of_otherSeed_givesOtherFolds() {
    assertThat(Folds.of(records, 5, 2).foldOfRow())
        .isNotEqualTo(Folds.of(records, 5, 1).foldOfRow());
  }

  @Test
  void of_domainWithTime_fitsOnlyToWhatIsOlderThanAllItJudges() {
    List<RawRecord> timed = timed(500, 8);

    Folds folds = Folds.of(timed, 4, 1);

    assertThat(folds.splits()).hasSize(4);
    for (Split split : folds.splits()) {
      long newestFitted = IntStream.of(split.fitted())
          .mapToLong(i -> timed.get(i).time().orElseThrow())
          .max()
          .orElseThrow();
      long oldestJudged = IntStream.of(split.judged())
          .mapToLong(i -> timed.get(i).time().orElseThrow())
          .min()
          .orElseThrow();
      assertThat(newestFitted).isLessThan(oldestJudged);
    }
  }

  @Test
  void of_domainWithTime_leavesTheFirstPartUnjudged() {
    Folds folds = Folds.of(timed(500, 9), 4, 1);

    assertThat(folds.judged()).hasSizeBetween(380, 420);
    assertThat(new HashSet<>(folds.splits())).hasSize(4);
  }

  @Test
  void of_aRowWithoutItsTime_isRefused() {
    List<RawRecord> timed = new ArrayList<>(timed(20, 9));
    timed.add(record(new RecordParser(TIMED.domain()), "late", 99, -1));

    assertThatThrownBy(() -> Folds.of(timed, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("record late has no time; folds that go forward in time need one on every row");
  }

  @Test
  void amongJudged_domainWithTime_dropsWhatHasNothingOlder() {
    Folds folds = Folds.of(timed(500, 10), 4, 1);
    int[] judged = folds.judged();

    assertThat(folds.amongJudged()).hasSize(3);
    for (Split split : folds.amongJudged()) {
      assertThat(IntStream.of(split.fitted())
              .map(i -> folds.foldOfRow()[judged[i]])
              .max()
              .orElseThrow())
          .isLessThan(IntStream.of(split.judged())
              .map(i -> folds.foldOfRow()[judged[i]])
              .min()
              .orElseThrow());
    }
  }
}
