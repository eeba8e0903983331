package dev.weir.lab.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --batch-by} understands. */
class BatchByTest {
  private static final Domain PASSENGER = DomainDefinition.shipped("passenger").domain();

  @Test
  void of_group_isTheDomainsGroupField() {
    assertThat(BatchBy.of("group", PASSENGER)).isEqualTo(new BatchBy.SameValue("TravelGroup"));
  }

  @Test
  void of_groupWhereTheDomainHasNone_saysSo() {
    Domain groupless = DomainDefinition.read("tiny.yaml", """
            domain: tiny
            format: 1
            fields:
              - {name: Id, kind: text, role: id}
              - {name: Paid, kind: number, role: channel}
              - {name: Good, kind: boolean, role: label}
            flags: {}
            fragility: {}
            fragile: []
            imputation: {}
            features: {}
            prior: {tau: 30, keys: []}
            """).domain();

    assertThatThrownBy(() -> BatchBy.of("group", groupless))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("domain tiny declares no group field");
  }

  @Test
  void of_fieldName_isThatField() {
    assertThat(BatchBy.of("Cabin", PASSENGER)).isEqualTo(new BatchBy.SameValue("Cabin"));
  }

  @Test
  void of_number_isConsecutiveRows() {
    assertThat(BatchBy.of("25", PASSENGER)).isEqualTo(new BatchBy.Consecutive(25));
  }

  @Test
  void of_numberBeyondAnyFile_isOneBatch() {
    assertThat(BatchBy.of("99999999999999999999", PASSENGER))
        .isEqualTo(new BatchBy.Consecutive(Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00"})
  void of_zero_namesTheBound(String zero) {
    assertThatThrownBy(() -> BatchBy.of(zero, PASSENGER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--batch-by " + zero + ": a batch has at least 1 row");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-5", "2.5", "cabin", "Group", "Cabin.deck"})
  void of_nonsense_listsWhatIsPossible(String nonsense) {
    assertThatThrownBy(() -> BatchBy.of(nonsense, PASSENGER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--batch-by '" + nonsense + "'")
        .hasMessageContaining("'group'")
        .hasMessageContaining("a number of rows")
        .hasMessageContaining("PassengerId, TravelGroup, HomePlanet");
  }
}
