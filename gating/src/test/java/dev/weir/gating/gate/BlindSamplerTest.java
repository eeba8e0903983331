package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.decision.BlindSample;
import dev.weir.gating.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlindSamplerTest {
  private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);

  private static Optional<BlindSample> sample(
      double rate, Map<String, Double> bySlice, String id, List<String> slices) {
    return new BlindSampler(new Policy.AuditSample(rate, bySlice, "k"), Optional.of(KEY))
        .sample(id, slices);
  }

  /* Shares by Python's hmac and hashlib: the first 8 bytes, big-endian, over 2**64. */
  @ParameterizedTest
  @CsvSource({
    "0001_01, 0.9908266746502801",
    "0002_01, 0.4905170559150336",
    "0003_02, 0.4826676075490284"
  })
  void sample_rateAroundTheIdsShare_takesItAboveAlone(String id, double share) {
    assertThat(sample(share - 1e-12, Map.of(), id, List.of())).isEmpty();
    assertThat(sample(share + 1e-12, Map.of(), id, List.of()))
        .contains(new BlindSample(share + 1e-12));
  }

  @Test
  void sample_severalSlices_takesTheHighestRate() {
    Map<String, Double> bySlice = Map.of("thin", 1.0, "wide", 0.5);

    assertThat(sample(0.1, bySlice, "0001_01", List.of("wide", "thin", "other")))
        .contains(new BlindSample(1));
    assertThat(sample(0.1, bySlice, "0001_01", List.of("other"))).isEmpty();
  }

  @Test
  void newSampler_withoutTheKeyItNeeds_isRefused() {
    assertThatThrownBy(
            () -> new BlindSampler(new Policy.AuditSample(0.1, Map.of(), "k"), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("auditSample.key 'k'");
  }
}
