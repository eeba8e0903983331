package dev.weir.model.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.model.document.InvalidDocument;
import dev.weir.model.document.Issue;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Role;
import dev.weir.model.domain.Sensitivity;
import dev.weir.model.feature.FallbackPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Domain files: what a good one gives, and that a wrong one names every mistake with its place. Long because each mistake is
 * one line changed in the same good file.
 */
class DomainDefinitionTest {
  private static final String GOOD = """
      domain: small
      format: 1
      fields:
        - {name: Id, kind: text, role: id}
        - {name: A, kind: number, role: channel}
        - {name: B, kind: number, min: 0, max: 9}
        - {name: Planet, kind: category}
        - {name: Outcome, kind: boolean, role: label}
      flags:
        zero: {zeroVector: channels}
        far: {equals: {field: Planet, value: Mars}}
      fragility: {zero: 0.5}
      fragile: [zero]
      imputation: {within: Planet}
      features: {interactions: [{flag: zero, with: [Planet, far]}]}
      prior: {keys: [{by: [Planet, missing]}]}
      """;

  private static InvalidDocument refused(String text) {
    InvalidDocument found = catchThrowableOfType(
        InvalidDocument.class, () -> DomainDefinition.read("small.yaml", text));
    assertThat(found).as("refusal").isNotNull();
    return found;
  }

  /** What is wrong after one line of the good file is replaced. */
  private static List<String> wrong(String old, String changed) {
    assertThat(GOOD).contains(old);
    return refused(GOOD.replace(old, changed)).issues().stream()
        .map(Issue::toString)
        .toList();
  }

  @Test
  void read_goodFile_declaresWhatItSays() {
    DomainDefinition found = DomainDefinition.read("small.yaml", GOOD);
    assertThat(found.domain().name()).isEqualTo("small");
    assertThat(found.flags().names(-1)).containsExactly("zero", "far");
    assertThat(found.fragilityWeights()).containsExactly(0.5, 0);
    assertThat(found.fragile()).isEqualTo(1);
    assertThat(found.text()).isEqualTo(GOOD);
  }

  @Test
  void shipped_passenger_isClean() {
    DomainDefinition found = DomainDefinition.shipped("passenger");
    assertThat(found.flags().size()).isEqualTo(9);
    assertThat(found.domain().channels()).hasSize(5);
    assertThat(found.flags().flags().get(found.thinSlice()).name()).isEqualTo("cryo_allzero");
  }

  @Test
  void read_severalMistakes_namesAllInTheOrderOfTheText() {
    InvalidDocument found = refused(GOOD.replace("format: 1", "format: 2")
        .replace("max: 9", "max: nine")
        .replace("zeroVector: channels", "zeroVectr: channels")
        .replace("fragile: [zero]", "fragile: [zeros]")
        .replace("prior:", "priors: {}\nprior:"));
    assertThat(found.issues())
        .extracting(issue -> issue.location().line())
        .isSorted()
        .contains(2, 6, 10, 13, 16);
  }

  @Test
  void read_mistake_showsPlaceLineAndCaret() {
    assertThat(refused(GOOD.replace("format: 1", "format: 2"))).hasMessageContaining("""
            ERROR: small.yaml:2:9: format 2 is outside [1, 1]
             | format: 2
             |         ^""");
  }

  @Test
  void read_unknownKey_isNamed() {
    assertThat(wrong("fragile: [zero]", "fragile: [zero]\nfragil: [zero]"))
        .singleElement()
        .asString()
        .startsWith("small.yaml:14:1: unknown key 'fragil'");
  }

  @Test
  void read_keyGivenTwice_isNamed() {
    assertThat(wrong("format: 1", "format: 1\nformat: 1"))
        .containsExactly("small.yaml:3:1: key 'format' is given twice; keep one");
  }

  @Test
  void read_nameThatSaysTwoThings_isRefused() {
    assertThat(wrong("name: B,", "name: A,")).singleElement().asString().contains("declared twice");
    assertThat(wrong("name: B,", "name: '',")).singleElement().asString().contains("blank");
    for (String reserved : List.of("imputed", "channels", "other")) {
      assertThat(wrong("name: B,", "name: " + reserved + ","))
          .singleElement()
          .asString()
          .contains("field '" + reserved + "'", "reserved");
    }
    assertThat(wrong(
            "{name: B, kind: number, min: 0, max: 9}",
            "{name: B.deck, kind: number}\n  - {name: B, kind: text, separator: /,"
                + " parts: [{name: deck, kind: category}]}"))
        .singleElement()
        .asString()
        .contains("'B.deck' is a part of 'B' and a field");
  }

  @Test
  void read_partOfASensitiveColumn_isSensitiveToo() {
    String old = "{name: B, kind: number, min: 0, max: 9}";
    String card = "{name: B, kind: text, role: ignored, sensitive: true}";
    String derived = "domain: small\ncsv: {derive: {Planet: {prefixOf: B, before: '#'}}}";
    assertThat(
            refused(GOOD.replace(old, card).replace("domain: small", derived)).issues())
        .singleElement()
        .asString()
        .contains("'Planet' is a part of 'B', which is sensitive");
    assertThat(DomainDefinition.read(
                "small.yaml",
                GOOD.replace(old, card)
                    .replace(
                        "domain: small", derived.replace("prefixOf: B, before: '#'", "countOf: B")))
            .domain()
            .name())
        .isEqualTo("small");
  }

  @Test
  void read_noYaml_saysWhere() {
    assertThat(refused("domain: [a\nformat: 1").issues())
        .singleElement()
        .asString()
        .contains("not YAML: while parsing a flow sequence, expected ',' or ']'");
  }

  @Test
  void read_emptyOrNoMap_isRefused() {
    assertThat(refused("").getMessage()).contains("empty");
    assertThat(refused("- a").getMessage()).contains("expected a map at the top, found a list");
    assertThat(refused("a: 1\n---\nb: 2").getMessage()).contains("second document");
  }

  @Test
  void read_alias_isRefused() {
    assertThat(
            wrong("domain: small", "domain: &name small\ncsv: {imputed: *name}").get(0))
        .contains("aliases are not supported");
  }

  @Test
  void read_undeclaredFlag_isNamedWhereverItIsUsed() {
    assertThat(wrong("fragility: {zero: 0.5}", "fragility: {zer: 0.5}"))
        .containsExactly("small.yaml:12:12: flag 'zer' is not declared");
    assertThat(wrong("fragile: [zero]", "fragile: [zer]")).hasSize(1);
    assertThat(wrong("flag: zero, with", "flag: zer, with")).hasSize(1);
    assertThat(wrong("{zeroVector: channels}", "{not: {flag: far}}")).hasSize(1);
  }

  @Test
  void read_wrongDetector_isOneMistake() {
    assertThat(wrong("{zeroVector: channels}", "{zeroVectr: channels}").get(0))
        .startsWith("small.yaml:10:9: a detector is a map with one of");
    assertThat(wrong("{zeroVector: channels}", "{not: {zeroVector: channels, allMissing: [A]}}"))
        .hasSize(1);
  }

  @Test
  void read_detectorOnWrongField_isNamed() {
    assertThat(wrong("{zeroVector: channels}", "{zeroVector: [Planet]}")).isNotEmpty();
    assertThat(wrong("{zeroVector: channels}", "{zeroVector: [A, A]}")).hasSize(1);
    assertThat(wrong("{zeroVector: channels}", "{outlier: {fields: [B], mark: 0.9}}"))
        .singleElement()
        .asString()
        .contains("only channels have marks");
    assertThat(wrong("{zeroVector: channels}", "{outlier: {fields: [A], mark: 0.99951}}"))
        .hasSize(1);
    assertThat(wrong("value: Mars", "value: 3")).hasSize(1);
  }

  @Test
  void read_labelAsEvidence_isRefusedEverywhere() {
    assertThat(wrong("{field: Planet, value: Mars}", "{field: Outcome, value: true}"))
        .hasSize(1);
    assertThat(wrong("with: [Planet, far]", "with: [Outcome]")).hasSize(1);
    assertThat(wrong("by: [Planet, missing]", "by: [Outcome]")).hasSize(1);
    assertThat(wrong("within: Planet", "within: Id")).hasSize(1);
  }

  @Test
  void read_flagNames_areLowerSnakeCaseAndNotReserved() {
    assertThat(wrong("far: {", "Far: {").get(0)).contains("lower_snake_case");
    assertThat(wrong("far: {", "thin_slice: {").get(0)).contains("meaning of its own");
  }

  @Test
  void read_fragileFlagNamedTwice_countsOnce() {
    assertThat(
            DomainDefinition.read("d", GOOD.replace("[zero]", "[zero, zero]")).fragile())
        .isEqualTo(1);
  }

  @Test
  void read_fieldsThatCannotWork_areNamed() {
    assertThat(wrong("kind: text, role: id", "kind: number, role: id")).hasSize(1);
    assertThat(wrong("role: id", "role: feature")).isNotEmpty();
    assertThat(wrong("min: 0, max: 9", "min: 10, max: 9")).hasSize(1);
    assertThat(wrong("kind: number, role: channel", "kind: number, role: channel, min: -1"))
        .isNotEmpty();
    assertThat(wrong("kind: boolean, role: label", "kind: category, role: label"))
        .hasSize(1);
    assertThat(wrong("kind: category}", "kind: text}")).isNotEmpty();
    assertThat(wrong("name: B", "name: A")).isNotEmpty();
    assertThat(wrong("kind: category}", "kind: colour}")).isNotEmpty();
  }

  @Test
  void read_kindOrRoleMistyped_isOneMistakeThatSaysWhichWasMeant() {
    assertThat(wrong("kind: text, role: id", "kind: txt, role: id"))
        .singleElement()
        .asString()
        .contains("'txt' is not known for fields.kind; did you mean 'text'? use one of");
    assertThat(wrong("kind: number, role: channel", "kind: nmber, role: channel"))
        .hasSize(1);
    assertThat(wrong("kind: category}", "kind: category, role: featur}"))
        .singleElement()
        .asString()
        .contains("did you mean 'feature'?");
  }

  @Test
  void read_requiredKeyMistyped_isNotMissingToo() {
    assertThat(wrong("format: 1", "fromat: 1"))
        .singleElement()
        .asString()
        .contains("unknown key 'fromat'; did you mean 'format'?");
  }

  @Test
  void read_detectorOnMistypedField_isOneMistakeThatSaysWhichWasMeant() {
    assertThat(wrong("zero: {zeroVector: channels}", "zero: {unknownCategory: [Plante]}"))
        .singleElement()
        .asString()
        .contains(
            "'Plante' is not a field of this domain that carries evidence; did you mean 'Planet'?");
  }

  @Test
  void read_ruleThatSetsUnknownField_isNamed() {
    String rule = "rules: [{name: r, when: {flag: far}, set: [A, Bee], value: 0}], ";
    assertThat(wrong("{within: Planet}", "{" + rule + "within: Planet}")).hasSize(1);
  }

  @Test
  void read_onlyWhatIsRequired_takesTheDocumentedDefaults() {
    DomainDefinition found = DomainDefinition.read("least.yaml", """
        domain: least
        format: 1
        fields:
          - {name: Id, kind: text, role: id}
          - {name: Size, kind: number}
          - {name: Outcome, kind: boolean, role: label}
        flags: {}
        """);
    assertThat(found.threshold()).isEqualTo(0.5);
    assertThat(found.fragile()).isZero();
    assertThat(found.prior().keys()).isEmpty();
    assertThat(found.features().logs()).isEmpty();
    assertThat(found.csv().imputedColumn()).isEqualTo("imputed");
  }

  @Test
  void read_threshold_liesStrictlyBetweenZeroAndOne() {
    assertThat(DomainDefinition.read("d", GOOD.replace("format: 1", "format: 1\nthreshold: 0.1"))
            .threshold())
        .isEqualTo(0.1);
    assertThat(wrong("format: 1", "format: 1\nthreshold: 1"))
        .containsExactly("small.yaml:3:12: threshold 1.0 must lie strictly between 0 and 1");
  }

  @Test
  void read_sensitiveFieldThatWouldBeLearntFrom_isRefusedWhateverItsRole() {
    assertThat(wrong("kind: category}", "kind: category, sensitive: true}"))
        .containsExactly("small.yaml:7:47: what is learnt from a feature lies in the bundle, where"
            + " nothing sensitive may; give 'Planet' the role ignored, id or group");
    assertThat(wrong("role: channel}", "role: channel, sensitive: true}")).hasSize(1);
    assertThat(wrong("role: label}", "role: label, sensitive: true}")).hasSize(1);
  }

  @Test
  void read_sensitiveFieldThatNothingIsLearntFrom_isFine() {
    DomainDefinition found = DomainDefinition.read(
        "d",
        GOOD.replace("role: id}", "role: id, sensitive: true}")
            .replace(
                "flags:",
                "  - {name: Owner, kind: text, role: group, sensitive: true}\n"
                    + "  - {name: Note, kind: text, role: ignored, sensitive: true}\nflags:"));
    assertThat(found.domain().fields().stream().filter(Field::sensitive)).hasSize(3);
  }

  @Test
  void read_sensitive_saysWhetherItIsErasedOrHashed() {
    DomainDefinition found = DomainDefinition.read(
        "d",
        GOOD.replace("role: id}", "role: id, sensitive: true}")
            .replace(
                "flags:",
                "  - {name: Owner, kind: text, role: group, sensitive: hash}\n"
                    + "  - {name: Note, kind: text, role: ignored, sensitive: erase}\nflags:"));

    assertThat(found.domain().fields().stream().filter(Field::sensitive).map(Field::sensitivity))
        .containsExactly(Sensitivity.HASHED, Sensitivity.HASHED, Sensitivity.ERASED);
  }

  @Test
  void read_sensitiveInAWayThatCannotBe_isRefused() {
    assertThat(wrong("role: id}", "role: id, sensitive: erase}"))
        .singleElement()
        .asString()
        .contains("outcomes find their decision by the id, so it is not erased; hash it");
    assertThat(wrong("role: id}", "role: id, sensitive: maybe}"))
        .singleElement()
        .asString()
        .contains("must be true, false, erase or hash");
    assertThat(
            wrong("flags:", "  - {name: Note, kind: text, role: ignored, sensitive: hash}\nflags:"))
        .singleElement()
        .asString()
        .contains("only an id or a group without parts is hashed; erase it");
  }

  @Test
  void read_sharedColumns_areOfCategoriesOnly() {
    assertThat(wrong("min: 0, max: 9}", "min: 0, max: 9, columnRowsMin: 5}"))
        .singleElement()
        .asString()
        .contains("only categories have columns of their own");
  }

  @Test
  void read_logs_areOfNumbersThatCannotBeNegative() {
    assertThat(DomainDefinition.read("d", GOOD.replace("features: {", "features: {logs: [B], "))
            .features()
            .logs())
        .hasSize(1);
    assertThat(wrong("features: {", "features: {logs: [Planet], ")).hasSize(1);
    assertThat(wrong("features: {", "features: {logs: [A], ").get(0)).contains("is a channel");
  }

  @Test
  void read_columnsOfTheFallback_areOfNumbersSumsAndFlags() {
    String good = GOOD.replace(
        "features: {",
        "features: {sums: {all: [A]}, fallback: {logs: [B, all], bends: [B], interactions: "
            + "[{flag: zero, with: [B]}]}, ");
    FallbackPlan fallback = DomainDefinition.read("d", good).features().fallback();
    assertThat(fallback.logs()).hasSize(1);
    assertThat(fallback.logSums()).containsExactly("all");
    assertThat(fallback.bends()).hasSize(1);
    assertThat(fallback.interactions()).hasSize(1);
    assertThat(wrong("features: {", "features: {fallback: {logs: [nothing], bends: [Planet]}, "))
        .satisfiesExactlyInAnyOrder(
            issue -> assertThat(issue).contains("'nothing' is not a number of this domain"),
            issue -> assertThat(issue).contains("'Planet' is not a number of this domain"));
    assertThat(wrong("features: {", "features: {fallback: {bend: [B]}, "))
        .singleElement()
        .asString()
        .contains("bend");
  }

  private static String brought(String fields) {
    return GOOD.replace("flags:", fields.indent(2) + "flags:");
  }

  @Test
  void read_figuresOfAModelElsewhere_areDeclaredByRole() {
    DomainDefinition found = DomainDefinition.read("d", brought("""
        - {name: P, kind: number, role: probability}
        - {name: P1, kind: number, role: member}
        - {name: P2, kind: number, role: member}
        - {name: FromA, kind: number, role: contribution, source: A}
        - {name: Rest, kind: number, role: contribution, source: other}
        """));
    assertThat(found.domain().probabilityField()).isPresent();
    assertThat(found.domain().fieldsOf(Role.MEMBER)).hasSize(2);
    assertThat(found
            .domain()
            .fields()
            .get(found.domain().probabilityField().getAsInt())
            .max())
        .isEqualTo(1);
    assertThat(found.domain().evidence()).as("no evidence").hasSize(3);
  }

  @Test
  void read_figuresThatDoNotHangTogether_areNamed() {
    assertThat(refused(brought("- {name: P1, kind: number, role: member}\n"
                + "- {name: P2, kind: number, role: member}"))
            .getMessage())
        .contains("'P1' belongs to a model's probability");
    String p = "- {name: P, kind: number, role: probability}\n";
    assertThat(refused(brought(p + "- {name: M, kind: number, role: member}")).getMessage())
        .contains("a single member agrees with itself only");
    assertThat(refused(brought(p + "- {name: C, kind: number, role: contribution, source: Aa}"))
            .getMessage())
        .contains("source 'Aa' of 'C' is neither a field");
    assertThat(refused(brought(p.replace("role", "max: 2, role"))).getMessage())
        .contains("must lie within [0, 1]");
    assertThat(refused(brought(p + p.replace("P,", "Q,"))).getMessage())
        .contains("at most one field may have role probability");
  }
}
