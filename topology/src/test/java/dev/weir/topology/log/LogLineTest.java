package dev.weir.topology.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {
  @Test
  void toString_plainValues_standBare() {
    assertThat(LogLine.event("started").with("instance", "a-0").with("epoch", 3))
        .hasToString("event=started instance=a-0 epoch=3");
  }

  @Test
  void toString_valuesThatWouldBreakTheLine_areQuoted() {
    assertThat(LogLine.event("refused").with("reason", "say \"no\"\nto a=b\\c").with("key", ""))
        .hasToString("event=refused reason=\"say \\\"no\\\"\\nto a=b\\\\c\" key=\"\"");
  }
}
