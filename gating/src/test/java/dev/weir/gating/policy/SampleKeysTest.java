package dev.weir.gating.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleKeysTest {
  private static final byte[] KEY = {1, 2, 3};

  @Test
  void and_moreKeys_knowsThemAndThoseBefore() {
    SampleKeys keys = SampleKeys.DEMO.and(Map.of("ours", KEY));

    assertThat(keys.find("ours")).contains(KEY);
    assertThat(keys.find("demo")).isPresent();
    assertThat(SampleKeys.DEMO.find("ours")).isEmpty();
  }

  @Test
  void and_knownName_takesTheNewKey() {
    assertThat(SampleKeys.DEMO.and(Map.of("demo", KEY)).find("demo")).contains(KEY);
    assertThat(SampleKeys.DEMO.and(Map.of()).find("demo")).isPresent();
  }

  @Test
  void find_changedResult_changesNoKey() {
    SampleKeys keys = SampleKeys.DEMO.and(Map.of("ours", KEY));
    keys.find("ours").orElseThrow()[0] = 9;

    assertThat(keys.find("ours")).contains(KEY);
  }
}
