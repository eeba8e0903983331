package dev.weir.model.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.flag.FlagSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A value surprises by what the others let expect. */
class SurpriseTest {
  private static final DomainDefinition DEFINITION = DomainDefinition.read("small.yaml", """
      domain: small
      format: 1
      fields:
        - {name: Id, kind: text, role: id}
        - {name: Spa, kind: number, role: channel, min: 0}
        - {name: Asleep, kind: boolean}
      flags:
        odd: {surprising: {fields: [Spa], quantile: 0.95}}
        odd_anywhere: {surprising: {fields: evidence, quantile: 0.95}}
      """);
  private static final int SPA = 1;
  private static final int ASLEEP = 2;
  private static final double RARE = 4;

  /** Sleepers spend nothing but for one in e⁴; who is awake spends something in one of two cases. */
  private static Surprise surprise() {
    Vocabulary vocabulary = new Vocabulary(List.of(List.of(), List.of(), List.of()));
    Coding coding = new Coding(
        DEFINITION.domain(), vocabulary, new double[][] {{}, {Marks.ZERO_TOLERANCE}, {}});
    SurpriseTree tree = new SurpriseTree(
        new int[] {ASLEEP, -1, -1},
        new int[] {0, 0, 0},
        new boolean[] {false, false, false},
        new int[] {1, 0, 0},
        new int[] {2, 0, 0},
        new double[][] {{}, {Math.log(2), Math.log(2)}, {-Math.log1p(-Math.exp(-RARE)), RARE}});
    double[] quantiles = new double[Marks.STEPS - Surprise.FIRST_STEP + 1];
    Arrays.fill(quantiles, 1);
    return new Surprise(
        coding,
        List.of(Optional.empty(), Optional.of(tree), Optional.empty()),
        new double[][] {{}, quantiles, {}});
  }

  private static RawRecord record(Map<String, Object> values, String... imputed) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("Id", "x");
    return (RawRecord) new RecordParser(DEFINITION.domain()).typed(all::get, List.of(imputed));
  }

  private static double of(RawRecord record) {
    int[] codes = new int[3];
    surprise().code(record, record.observed(), codes);
    return surprise().of(SPA, codes);
  }

  private static List<String> truths(RawRecord record) {
    return DEFINITION.flags().names(read(record, DEFINITION.flags()));
  }

  private static long read(RawRecord record, FlagSet flags) {
    return flags.read(record, reference(), new double[3], new double[3]).truths();
  }

  private static Reference reference() {
    Vocabulary vocabulary = new Vocabulary(List.of(List.of(), List.of(), List.of()));
    Reference without = Reference.withoutChecks(
        DEFINITION.domain(),
        -1,
        Marks.learn(List.of(new double[] {1})),
        vocabulary,
        new SumDistribution(new double[0]),
        Frequencies.learn(DEFINITION.domain(), vocabulary, List.of()));
    return new Reference(
        without.marks(),
        vocabulary,
        without.sums(),
        without.frequencies(),
        without.pairs(),
        surprise(),
        without.drift());
  }

  @Test
  void of_valueAfterTheOthers_isItsLeafs() {
    assertThat(of(record(Map.of("Asleep", true, "Spa", 9)))).isEqualTo(RARE);
    assertThat(of(record(Map.of("Asleep", true, "Spa", 0)))).isLessThan(0.02);
    assertThat(of(record(Map.of("Asleep", false, "Spa", 9)))).isEqualTo(Math.log(2));
  }

  @Test
  void of_valueThatIsNotObserved_isNothing() {
    assertThat(of(record(Map.of("Asleep", true)))).isNaN();
    assertThat(of(record(Map.of("Asleep", true, "Spa", 9), "Spa"))).isNaN();
  }

  @Test
  void of_unknownOther_goesTheWayOfMissingOnes() {
    assertThat(of(record(Map.of("Spa", 9)))).isEqualTo(Math.log(2));
  }

  @Test
  void surprising_sleeperWhoSpends_holds() {
    assertThat(truths(record(Map.of("Asleep", true, "Spa", 9))))
        .containsExactly("odd", "odd_anywhere");
    assertThat(truths(record(Map.of("Asleep", false, "Spa", 9)))).isEmpty();
  }

  @Test
  void surprising_valueMarkedAsImputed_staysAFlag() {
    assertThat(truths(record(Map.of("Asleep", true, "Spa", 9), "Spa"))).contains("odd");
  }

  @Test
  void surprise_treeThatLeadsNowhere_isRefused() {
    SurpriseTree loop = new SurpriseTree(
        new int[] {ASLEEP},
        new int[] {0},
        new boolean[] {false},
        new int[] {0},
        new int[] {0},
        new double[][] {{}});
    Surprise sound = surprise();
    assertThatThrownBy(() -> new Surprise(
            sound.coding(),
            List.of(Optional.empty(), Optional.of(loop), Optional.empty()),
            sound.quantiles()))
        .hasMessageContaining("a tree of surprises is no tree over 3 attributes with 2 codes");
  }
}
