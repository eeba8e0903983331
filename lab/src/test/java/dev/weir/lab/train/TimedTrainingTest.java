package dev.weir.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.lab.judge.Judged;
import dev.weir.lab.report.TrainingPage;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training where folds go forward in time, where a class is rare, and where nothing can be learnt. */
@Timeout(60)
class TimedTrainingTest {
  private static final DomainDefinition TIMED = DomainDefinition.read("timed.yaml", """
      domain: timed
      format: 1
      threshold: 0.3
      fields:
        - {name: id, kind: text, role: id}
        - {name: seller, kind: text, role: group}
        - {name: listed, kind: timestamp, role: time}
        - {name: price, kind: number}
        - {name: kind, kind: category}
        - {name: sold, kind: boolean, role: label}
      flags: {no_price: {anyMissing: [price]}}
      """);

  private static final DomainDefinition EXTERNAL = DomainDefinition.read(
      "external.yaml",
      TIMED
          .text()
          .replace(
              "  - {name: sold,",
              "  - {name: p, kind: number, role: probability}\n  - {name: sold,"));

  @TempDir
  Path directory;

  /** One row a second, sold the likelier the cheaper. */
  private static List<RawRecord> rows(int size) {
    SplittableRandom random = new SplittableRandom(3);
    double[] prices = random.doubles(size).toArray();
    boolean[] sold = new boolean[size];
    for (int i = 0; i < size; i++) {
      sold[i] = random.nextDouble() > prices[i];
    }
    return rows(size, i -> sold[i], i -> prices[i], i -> i / 2, i -> i);
  }

  private interface Number {
    double of(int row);
  }

  private static List<RawRecord> rows(
      int size, IntPredicate sold, Number price, Number seller, Number second) {
    return rows(TIMED, size, sold, price, seller, second, i -> 0.5);
  }

  private static List<RawRecord> rows(
      DomainDefinition definition,
      int size,
      IntPredicate sold,
      Number price,
      Number seller,
      Number second,
      Number p) {
    RecordParser parser = new RecordParser(definition.domain());
    List<RawRecord> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Map<String, Object> values = new HashMap<>();
      values.put("id", "r" + i);
      values.put("seller", "s" + (int) seller.of(i));
      values.put("listed", (long) (1_000 * second.of(i)));
      values.put("price", i % 7 == 0 ? null : (Object) price.of(i));
      values.put("kind", i % 3 == 0 ? "book" : "game");
      values.put("p", p.of(i));
      values.put("sold", sold.test(i));
      rows.add((RawRecord) parser.typed(values::get, List.of()));
    }
    return rows;
  }

  private static TrainingSettings settings() {
    return new TrainingSettings(
        1, 2, 4, 20, 5, 0.2, 1, 2, 0.15, TrainingSettings.IntervalKind.QUANTILE, 1, 5_000, 2);
  }

  private TrainingReport train(List<RawRecord> rows) {
    return new Trainer(TIMED, settings(), Progress.silent())
        .train(rows, directory.resolve("bundle"));
  }

  @Test
  void train_domainWithTime_givesEveryRowAfterTheSecondPartItsFigures() {
    List<RawRecord> rows = rows(500);

    TrainingReport report = train(rows);

    OutOfFold judged = report.outOfFold();
    assertThat(BundleDirectory.read(directory.resolve("bundle")).fingerprint())
        .isEqualTo(report.bundle().fingerprint());
    assertThat(judged.size()).isBetween(290, 310);
    assertThat(judged.rows()[0]).isGreaterThanOrEqualTo(190);
    for (double[] figures : List.of(judged.pModel(), judged.pGlm(), judged.p10(), judged.p90())) {
      assertThat(DoubleStream.of(figures).allMatch(p -> p >= 0 && p <= 1)).isTrue();
    }
    assertThat(report.vennAbers().p10()).hasSizeBetween(190, 210).doesNotContain(Double.NaN);
    assertThat(TrainingPage.html(report, rows, "timed.csv"))
        .doesNotContain("NaN")
        .contains("weir evaluate --folds")
        .contains("carries a little of the future back");
  }

  @Test
  void train_thresholdOtherThanHalf_hasOneAurc() {
    TrainingReport report = train(rows(500));

    assertThat(report.bundle().parts().training().quality().get("aurc"))
        .isEqualTo(
            new Judged(report.outOfFold(), 0.3).byPlainConfidence().area().orElseThrow());
  }

  /** A world of so few true rows often has none in its oldest fold. */
  @Test
  void train_twoTrueRowsInTheFirstPart_ends() {
    IntPredicate rare = i -> i % 75 == 50;

    TrainingReport report = train(rows(1_000, rare, i -> rare.test(i) ? 0.1 : 0.6, i -> i, i -> i));

    assertThat(report.caution()).get().asString().startsWith("only ");
  }

  @Test
  void train_groupsOfOneClassEach_ends() {
    IntPredicate evenSellers = i -> i / 40 % 2 == 0;

    TrainingReport report =
        train(rows(480, evenSellers, i -> evenSellers.test(i) ? 0.1 : 0.6, i -> i / 40, i -> i));

    assertThat(report.outOfFold().size()).isPositive();
  }

  @Test
  void train_oneClassInTheFirstPart_isRefusedByFold() {
    assertThatThrownBy(() -> train(rows(500, i -> i > 150, i -> i, i -> i, i -> i)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("of the 100 rows that fold 1 of 4 may learn from, which are older than all it"
            + " judges, none is true; training needs at least one of each class there: give more"
            + " rows that are true, early ones too");
  }

  @Test
  void train_allAtOneTime_isRefusedByTime() {
    assertThatThrownBy(() -> train(rows(600, i -> i % 2 == 0, i -> i, i -> i, i -> 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "600 rows in 600 groups, of which too few end before later ones begin; ");
  }

  @Test
  void train_groupsAcrossAllTime_areRefusedByTime() {
    assertThatThrownBy(() -> train(rows(600, i -> i % 3 == 0, i -> i, i -> i % 10, i -> i)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "600 rows in 10 groups, of which too few end before later ones begin; ");
  }

  @Test
  void train_labelThatNothingTells_isRefused() {
    boolean[] coins = new boolean[600];
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < coins.length; i++) {
      coins[i] = random.nextBoolean();
    }

    assertThatThrownBy(() -> train(rows(600, i -> coins[i], i -> i % 13, i -> i, i -> i)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" of them true, where chance alone reaches 0.5");
  }

  private TrainingReport bring(Number p) {
    return new Importer(EXTERNAL, settings(), Progress.silent())
        .external(
            rows(EXTERNAL, 600, i -> i % 3 == 0, i -> i % 13, i -> i, i -> i, p),
            directory.resolve("bundle"));
  }

  @Test
  void import_domainWithTime_works() {
    assertThat(bring(i -> i % 3 == 0 ? 0.7 - i % 11 * 0.03 : 0.2 + i % 11 * 0.03)
            .outOfFold()
            .size())
        .isPositive();
  }

  @Test
  void import_probabilityOfTheOtherClass_isRefused() {
    assertThatThrownBy(() -> bring(i -> i % 3 == 0 ? 0.3 : 0.8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the model runs against the label: its AUC is 0.0000 on 480 rows,")
        .hasMessageContaining("is it the probability of the other class")
        .hasMessageContaining("the probability that sold is true");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void import_oneProbabilityForAll_isRefused() {
    assertThatThrownBy(() -> bring(i -> 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the model cannot be told from chance: its AUC is 0.5000 on 480 rows,");
  }

  @Test
  void ranking_ofOneClass_knowsNothing() {
    Ranking ranking = Ranking.of(new double[] {1, 2}, new boolean[] {true, true});

    assertThatThrownBy(() -> ranking.requireAboveChance("the model", "give more rows"))
        .hasMessageStartingWith("the model cannot be told from chance: ");
  }

  @Test
  void ranking_hardlyAboveChance_isDoubted() {
    assertThat(new Ranking(0.6, 0.04, 200, 100).doubt())
        .get()
        .asString()
        .contains("0.6000 on 200 rows, 100 of them true");
    assertThat(new Ranking(0.63, 0.04, 200, 100).doubt()).isEmpty();
  }
}
