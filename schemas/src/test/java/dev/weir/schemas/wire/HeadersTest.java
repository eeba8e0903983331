package dev.weir.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void number_ofValue_isTheNumber(long number) {
    assertThat(Headers.number(Headers.value(number))).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.5", " 1", "99999999999999999999", "000000000000000000001"})
  void number_ofOtherText_isEmpty(String text) {
    assertThat(Headers.number(Headers.value(text))).isEmpty();
  }

  @Test
  void absentValue_isEmpty() {
    assertThat(Headers.number(null)).isEmpty();
    assertThat(Headers.text(null)).isEmpty();
  }

  @Test
  void text_ofValue_isTheText() {
    assertThat(Headers.text(Headers.value("flight#7 é"))).contains("flight#7 é");
  }
}
