package dev.weir.gating.decision;

import static dev.weir.gating.decision.CapCause.BETA;
import static dev.weir.gating.decision.CapCause.PER_SOURCE;
import static dev.weir.gating.decision.CapCause.TOP_SUM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CapCauseTest {
  @Test
  void of_anyCauses_areTheseInTheirOrder() {
    assertThat(CapCause.of(false, false, false)).isEmpty();
    assertThat(CapCause.of(true, false, false)).containsExactly(PER_SOURCE);
    assertThat(CapCause.of(false, true, false)).containsExactly(TOP_SUM);
    assertThat(CapCause.of(false, false, true)).containsExactly(BETA);
    assertThat(CapCause.of(true, true, true)).containsExactly(PER_SOURCE, TOP_SUM, BETA);
  }

  @Test
  void union_ofTwo_hasWhatEitherHas() {
    Set<CapCause> none = Set.of();
    for (CapCause cause : CapCause.values()) {
      assertThat(CapCause.union(Set.of(cause), none)).containsExactly(cause);
      assertThat(CapCause.union(none, Set.of(cause))).containsExactly(cause);
    }
    assertThat(CapCause.union(none, none)).isEmpty();
    assertThat(CapCause.union(Set.of(BETA), Set.of(PER_SOURCE))).containsExactly(PER_SOURCE, BETA);
  }
}
