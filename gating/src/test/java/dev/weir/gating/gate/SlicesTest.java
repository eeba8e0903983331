package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.TinyBundle;
import dev.weir.gating.policy.Policy;
import dev.weir.gating.policy.PolicyFile;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlicesTest {
  private static final int THIN_FLAG = TinyBundle.DEFINITION.thinSlice();

  private static Policy policy(String name) {
    return read(PolicyFile.shippedText("passenger/" + name));
  }

  private static Policy read(String text) {
    return PolicyFile.read("p", text, TinyBundle.DEFINITION).policy();
  }

  private static long bits(String... flags) {
    return Arrays.stream(flags)
        .mapToLong(flag -> 1L << TinyBundle.DEFINITION.flags().index(flag).orElseThrow())
        .reduce(0, (a, b) -> a | b);
  }

  @Test
  void of_unknownFlag_countsWhereThePolicySaysSo() {
    FlagSignals flags = new FlagSignals(bits("missing_context"), bits("super_dominant"), 100);

    assertThat(new Slices(policy("baseline"), THIN_FLAG).of(flags))
        .containsExactly("missing_context", "super_dominant");
    assertThat(new Slices(policy("steady"), THIN_FLAG).of(flags))
        .containsExactly("missing_context");
  }

  @Test
  void of_sleeperOfARareKind_isThinBelowTheLeastNumberOfRecords() {
    Slices slices = new Slices(policy("steady"), THIN_FLAG);

    assertThat(slices.of(new FlagSignals(bits("cryo_allzero"), 0, 59)))
        .containsExactly("cryo_allzero", "thin_slice");
    assertThat(slices.of(new FlagSignals(bits("cryo_allzero"), 0, 60)))
        .containsExactly("cryo_allzero");
    assertThat(slices.of(new FlagSignals(0, 0, 0))).isEmpty();
    assertThat(slices.isFragile(new FlagSignals(0, 0, 0))).isFalse();
  }

  @Test
  void of_domainWithoutAThinFlag_isThinByNumberAlone() {
    assertThat(new Slices(policy("steady"), -1).of(new FlagSignals(0, 0, 59)))
        .containsExactly("thin_slice");
  }

  /* Of a union of more than eight the lists are made when they are asked for. */
  @Test
  void of_largeUnion_isTheSlicesInItsOrder() {
    Policy large = read(PolicyFile.shippedText("passenger/baseline")
        .replace("unknown_category]", "unknown_category, zero_spend_vector]"));
    assertThat(large.fragile().union()).hasSize(9);

    assertThat(new Slices(large, THIN_FLAG)
            .of(new FlagSignals(bits("zero_spend_vector", "cryo_allzero"), 0, 3)))
        .containsExactly("cryo_allzero", "thin_slice", "zero_spend_vector");
  }
}
