package dev.weir.model.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.definition.DomainDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A repaired record is the one that would have come without the field. */
class RepairTest {
  private static final Domain DOMAIN = DomainDefinition.shipped("passenger").domain();

  private static RawRecord record(Map<String, Object> values, String... imputed) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("PassengerId", "0001_01");
    return (RawRecord) new RecordParser(DOMAIN).typed(all::get, List.of(imputed));
  }

  @Test
  void apply_brokenField_isAsIfItHadNotCome() {
    RawRecord repaired = Repair.of(DOMAIN, Set.of("Cabin", "Spa"))
        .apply(record(Map.of("Cabin", "F/3/P", "Spa", 12, "Age", 30), "Spa"));
    RawRecord expected = record(Map.of("Age", 30));

    assertThat(repaired.present()).isEqualTo(expected.present());
    assertThat(repaired.imputedUpstream()).isZero();
    for (int a = 0; a < DOMAIN.attributes().size(); a++) {
      assertThat(Double.compare(repaired.number(a), expected.number(a))).isZero();
      assertThat(repaired.category(a)).isEqualTo(expected.category(a));
    }
    assertThat(repaired.received(DOMAIN.fieldIndex("Cabin").getAsInt())).isEmpty();
  }

  @Test
  void of_whatIsNoEvidence_isRefused() {
    assertThatThrownBy(() -> Repair.of(DOMAIN, Set.of("Name")))
        .hasMessage("'Name' is not a field of domain passenger that carries evidence, so it cannot"
            + " be repaired");
  }
}
