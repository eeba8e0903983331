package dev.weir.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibratorJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void write_thenRead_givesTheSameBits() throws JsonProcessingException {
    Calibrator[] calibrators = {
      new Platt(1.0 / 3, -0.1),
      new Beta(0.1 + 0.2, 0, -1e-300),
      new Isotonic(new double[] {-1.0 / 3, 7}, new double[] {0, 0.1})
    };
    for (Calibrator calibrator : calibrators) {
      String text = MAPPER.writeValueAsString(CalibratorJson.write(calibrator));
      assertThat(CalibratorJson.read(MAPPER.readTree(text))).isEqualTo(calibrator);
    }
  }

  @Test
  void write_usesTheTypeNames() {
    assertThat(CalibratorJson.write(new Platt(1, 0)).toString())
        .isEqualTo("{\"type\":\"platt\",\"slope\":1.0,\"intercept\":0.0}");
    assertThat(CalibratorJson.write(new Beta(1, 1, 0)).toString())
        .isEqualTo("{\"type\":\"beta\",\"a\":1.0,\"b\":1.0,\"c\":0.0}");
    assertThat(CalibratorJson.write(new Isotonic(new double[] {0}, new double[] {1}))
            .toString())
        .isEqualTo("{\"type\":\"isotonic\",\"margins\":[0.0],\"probabilities\":[1.0]}");
  }

  @Test
  void write_decreasingPlatt_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CalibratorJson.write(new Platt(-0.5, 0)))
        .withMessageContaining("platt.slope -0.5");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
          {'type': 'spline'} | calibrator.type "spline"
          {} | calibrator.type
          [] | calibrator.type
          {'type': 'platt', 'slope': 1} | platt.intercept (missing)
          {'type': 'platt', 'slope': '1', 'intercept': 0} | platt.slope "1"
          {'type': 'platt', 'slope': 1e999, 'intercept': 0} | platt.slope
          {'type': 'platt', 'slope': -1, 'intercept': 0} | platt.slope -1.0
          {'type': 'platt', 'slope': 1, 'intercept': 0, 'x': 1} | platt.x
          {'type': 'beta', 'a': -1, 'b': 1, 'c': 0} | beta.a -1.0
          {'type': 'beta', 'a': 1, 'b': null, 'c': 0} | beta.b null
          {'type': 'isotonic', 'margins': 1, 'probabilities': [1]} | isotonic.margins 1
          {'type': 'isotonic', 'margins': [0, 1], 'probabilities': [0.5, 0.4]} | isotonic.probabilities[1] 0.4
          {'type': 'isotonic', 'margins': [0, 0], 'probabilities': [0.5, 0.6]} | isotonic.margins[1] 0.0
          {'type': 'isotonic', 'margins': [0, 'a'], 'probabilities': [0.5, 0.6]} | isotonic.margins[1] "a"
          """)
  void read_illegal_isRefusedByFieldAndValue(String json, String message)
      throws JsonProcessingException {
    JsonNode node = MAPPER.readTree(json.replace('\'', '"'));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CalibratorJson.read(node))
        .withMessageContaining(message.trim());
  }
}
