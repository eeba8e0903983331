package dev.weir.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.lab.world.Passenger;
import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.calibration.VennAbers;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.score.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle trained on the synthetic world, where the true probabilities are known. */
class TrainerTest {
  private static final List<Passenger> PASSENGERS = PassengerWorld.rows(1_500, 7);

  @TempDir
  static Path shared;

  private static List<RawRecord> records;
  private static Bundle bundle;

  @TempDir
  Path directory;

  @BeforeAll
  static void train() {
    records = World.records(shared, PASSENGERS);
    bundle = trainer(1, 2).train(records, shared.resolve("bundle")).bundle();
  }

  private static Trainer trainer(long seed, int threads) {
    return new Trainer(World.PASSENGER, settings(seed, threads), Progress.silent());
  }

  private static TrainingSettings settings(long seed, int threads) {
    return new TrainingSettings(
        seed,
        4,
        3,
        60,
        10,
        0.2,
        1,
        3,
        0.15,
        TrainingSettings.IntervalKind.QUANTILE,
        1,
        5_000,
        threads);
  }

  private static Score score(RawRecord record) {
    Evidence evidence = bundle.evidence(record);
    return bundle.score(evidence, bundle.prior(evidence));
  }

  private static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.list(directory)) {
      for (Path file : found.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  @Test
  void train_writtenBundle_readsBackAsTheSame() {
    Bundle read = BundleDirectory.read(shared.resolve("bundle"));

    assertThat(read.fingerprint()).isEqualTo(bundle.fingerprint());
    assertThat(read.parts().training()).isEqualTo(bundle.parts().training());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void train_sameSeedOnOtherThreads_givesTheSameBytes(int threads) throws IOException {
    trainer(1, threads).train(records, directory.resolve("again"));

    assertThat(files(directory.resolve("again"))).isEqualTo(files(shared.resolve("bundle")));
  }

  @Test
  void train_otherSeed_givesAnotherBundle() {
    Bundle other = trainer(2, 2).train(records, directory.resolve("other")).bundle();

    assertThat(other.fingerprint()).isNotEqualTo(bundle.fingerprint());
  }

  @Test
  void train_world_isLearntOutOfFold() {
    Map<String, Double> quality = bundle.parts().training().quality();

    assertThat(quality.get("auc")).isGreaterThan(0.85);
    assertThat(quality.get("brier")).isLessThan(0.18);
  }

  @Test
  void train_facts_countTheRows() {
    assertThat(bundle.parts().training().rows()).isEqualTo(1_500);
    assertThat(bundle.parts().training().seed()).isEqualTo(1);
  }

  @Test
  void train_intervals_neverCross() {
    assertThat(records).allSatisfy(record -> {
      Score score = score(record);
      assertThat(score.p10()).isBetween(0.0, score.p50());
      assertThat(score.p90()).isBetween(score.p50(), 1.0);
    });
  }

  @Test
  void train_contributionsAndBias_giveTheMargin() {
    assertThat(records).allSatisfy(record -> {
      Score score = score(record);
      assertThat(Arrays.stream(score.contributions()).sum() + score.bias())
          .isCloseTo(score.margin(), within(1e-5));
    });
  }

  @Test
  void train_overAnOlderBundle_replacesIt() throws IOException {
    Path target = directory.resolve("bundle");
    trainer(2, 2).train(records, target);

    trainer(1, 2).train(records, target);

    assertThat(files(target)).isEqualTo(files(shared.resolve("bundle")));
    assertThat(directory).isDirectoryContaining(target::equals);
  }

  @Test
  void train_directoryWithSomethingElse_isRefusedAndUntouched() throws IOException {
    Path notes = Files.writeString(directory.resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> trainer(1, 2).train(records, directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            directory
                + " exists and is not a bundle: it holds notes.txt; name another directory or remove it");

    assertThat(files(directory)).isEqualTo(Map.of("notes.txt", Files.readString(notes)));
  }

  @Test
  void train_bundleWithAFileTooMany_isRefusedAndUntouched() throws IOException {
    Path target = directory.resolve("bundle");
    Files.createDirectory(target);
    for (Map.Entry<String, String> file : files(shared.resolve("bundle")).entrySet()) {
      Files.writeString(target.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(target.resolve("notes.txt"), "mine");
    Map<String, String> before = files(target);

    assertThatThrownBy(() -> trainer(1, 2).train(records, target))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(files(target)).isEqualTo(before);
  }

  @Test
  void train_oneClassOnly_isRefused() {
    List<RawRecord> trues =
        records.stream().filter(record -> record.label().orElseThrow()).toList();

    assertThatThrownBy(() -> trainer(1, 2).train(trues, directory.resolve("bundle")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("every label is true; training needs rows of both classes");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void train_tooFewRows_areRefusedWithTheBound() {
    List<RawRecord> few =
        Stream.concat(leaders(true).limit(49), leaders(false).limit(50)).toList();

    assertThatThrownBy(() -> trainer(1, 2).train(few, directory.resolve("few")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("99 rows, 49 of them true; training needs at least 100 rows and 10 of each"
            + " class: give more labelled rows");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void train_tooFewRowsOfOneClass_areRefusedWithTheBound() {
    List<RawRecord> nineTrue =
        Stream.concat(leaders(true).limit(9), leaders(false).limit(200)).toList();

    assertThatThrownBy(() -> trainer(1, 2).train(nineTrue, directory.resolve("few")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("209 rows, 9 of them true; ");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void train_tooFewGroupsForTheFolds_isRefused() {
    List<RawRecord> fewer = records.subList(0, 120);
    TrainingSettings manyFolds = new TrainingSettings(
        1, 4, 119, 60, 10, 0.2, 1, 3, 0.15, TrainingSettings.IntervalKind.QUANTILE, 1, 5_000, 2);

    assertThatThrownBy(() -> new Trainer(World.PASSENGER, manyFolds, Progress.silent())
            .train(fewer, directory.resolve("few")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "120 rows in \\d+ groups; training needs at least 119 groups, one for each fold");
    assertThat(directory).isEmptyDirectory();
  }

  /** Draws of so few rows may have one class only. */
  @Test
  void train_fewRowsOfOneClass_works() {
    List<RawRecord> few =
        Stream.concat(leaders(true).limit(10), leaders(false).limit(90)).toList();

    Bundle small = trainer(1, 2).train(few, directory.resolve("few")).bundle();

    assertThat(BundleDirectory.read(directory.resolve("few")).fingerprint())
        .isEqualTo(small.fingerprint());
  }

  private static Stream<RawRecord> leaders(boolean label) {
    return records.stream()
        .filter(record -> record.label().orElseThrow() == label && record.id().endsWith("_01"));
  }

  @Test
  void train_vennAbers_writesABundleThatReadsBack() {
    TrainingSettings settings = new TrainingSettings(
        1, 2, 3, 20, 5, 0.2, 1, 3, 0.15, TrainingSettings.IntervalKind.VENN_ABERS, 1, 5_000, 2);
    Path target = directory.resolve("venn");

    TrainingReport report =
        new Trainer(World.PASSENGER, settings, Progress.silent()).train(records, target);

    assertThat(BundleDirectory.read(target).fingerprint())
        .isEqualTo(report.bundle().fingerprint());
    assertThat(report.bundle().parts().intervals()).isInstanceOf(VennAbers.class);
  }

  @Test
  void train_report_judgesEachRowOutOfFold() {
    OutOfFold judged = trainer(1, 2).train(records, directory.resolve("again")).outOfFold();

    assertThat(judged.rows()).isEqualTo(IntStream.range(0, records.size()).toArray());
    for (int i = 0; i < judged.size(); i++) {
      assertThat(judged.p10()[i]).isBetween(0.0, judged.pModel()[i]);
      assertThat(judged.p90()[i]).isBetween(judged.pModel()[i], 1.0);
      assertThat(judged.pGlm()[i]).isBetween(0.0, 1.0);
    }
  }

  @Test
  void train_progress_countsEveryModelOnce() {
    List<Integer> steps = Collections.synchronizedList(new ArrayList<>());
    Set<Integer> totals = Collections.synchronizedSet(new TreeSet<>());
    Progress progress = (stage, done, total) -> {
      steps.add(done);
      totals.add(total);
    };

    new Trainer(World.PASSENGER, settings(1, 2), progress)
        .train(records, directory.resolve("again"));

    // 4 members × (3 folds + 1), 8 overfitted ones, and for each fold 1 world of 2 members for its
    // law and 4 of the refit.
    assertThat(totals).containsExactly(42);
    assertThat(steps)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 42).boxed().toList());
  }
}
