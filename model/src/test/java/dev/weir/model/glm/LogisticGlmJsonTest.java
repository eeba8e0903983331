package dev.weir.model.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogisticGlmJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void write_thenRead_givesTheSameBits() throws JsonProcessingException {
    LogisticGlm model = new LogisticGlm(
        new double[] {0.1 + 0.2, -7}, new double[] {1.0 / 3, 1}, new double[] {0, 1e-17}, -0.0);
    JsonNode written = MAPPER.readTree(MAPPER.writeValueAsString(LogisticGlmJson.write(model)));
    assertThat(LogisticGlmJson.read(written)).isEqualTo(model).hasSameHashCodeAs(model);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
          [] | expected an object
          {'intercept': 0, 'means': [0], 'scales': [1]} | glm.coefficients (missing)
          {'intercept': 0, 'means': [0], 'scales': [0], 'coefficients': [1]} | glm.scales[0] 0.0
          {'intercept': 0, 'means': [0], 'scales': [-1], 'coefficients': [1]} | glm.scales[0] -1.0
          {'intercept': 1e999, 'means': [0], 'scales': [1], 'coefficients': [1]} | glm.intercept
          {'intercept': 0, 'means': [null], 'scales': [1], 'coefficients': [1]} | glm.means[0] null
          {'intercept': 0, 'means': [0, 0], 'scales': [1], 'coefficients': [1]} | 2 means
          {'intercept': 0, 'means': [0], 'scales': [1], 'coefficients': [1], 'names': []} | glm.names
          """)
  void read_illegal_isRefusedByFieldAndValue(String json, String message)
      throws JsonProcessingException {
    JsonNode node = MAPPER.readTree(json.replace('\'', '"'));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogisticGlmJson.read(node))
        .withMessageContaining(message.trim());
  }
}
