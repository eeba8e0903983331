package dev.weir.operations.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static final String LINE = " {\"recordId\": \"a\"}";

  private static boolean isDecision(String line, Charset encoding) throws IOException {
    return LineReader.read(line.getBytes(encoding)).isPresent();
  }

  @Test
  void read_encodingWhoseSealWouldBeOfOtherBytes_isNoDecision() throws IOException {
    assertThat(isDecision(LINE, StandardCharsets.UTF_8)).isTrue();
    assertThat(isDecision("\ufeff" + LINE, StandardCharsets.UTF_8)).isFalse();
    assertThat(isDecision(LINE.strip(), StandardCharsets.UTF_16LE)).isFalse();
  }
}
