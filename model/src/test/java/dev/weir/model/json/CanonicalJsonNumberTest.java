package dev.weir.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as ECMAScript writes them, and texts that read back. */
class CanonicalJsonNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "-1, -1",
    "100, 100",
    "0.5, 0.5",
    "-0.25, -0.25",
    "0.001, 0.001",
    "0.00099, 0.00099",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "-0.00000015, -1.5e-7",
    "9999999.5, 9999999.5",
    "10000000.5, 10000000.5",
    "123456789.125, 123456789.125",
    "999999999999999, 999999999999999",
    "1e15, 1000000000000000",
    "9007199254740993, 9007199254740992",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "1.5e21, 1.5e+21",
    "333333333.33333329, 333333333.3333333",
    "4.35, 4.35",
    "2e-3, 0.002",
    "1.7976931348623157e308, 1.7976931348623157e+308"
  })
  void number_value_isEcmascriptsText(double value, String text) {
    assertThat(CanonicalJson.number(value)).isEqualTo(text);
  }

  @Property
  void number_anyFinite_readsBack(@ForAll double value) {
    assertThat(Double.parseDouble(CanonicalJson.number(value))).isEqualTo(value + 0.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void number_notFinite_isRefused(double value) {
    assertThatThrownBy(() -> CanonicalJson.number(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JSON has no number " + value);
  }

  @Property
  void of_anyText_readsBack(@ForAll String text) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode().put("text", text);

    assertThat(mapper.readTree(CanonicalJson.of(json))).isEqualTo(json);
  }

  @Test
  void of_controlCharacters_areEscapedTheShortestWay() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("a", "\"\\\b\f\n\r\t\u0001/\u007f\u00e4");

    assertThat(CanonicalJson.of(json))
        .isEqualTo("{\"a\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001/\u007f\u00e4\"}");
  }

  @Test
  void without_aProperty_isTheTextOfTheRestWhateverTheOrder() {
    ObjectNode json = new ObjectMapper().createObjectNode().put("b", 1).put("seal", "x");
    json.putObject("a").put("seal", true).put("c", 2.5);

    assertThat(CanonicalJson.without(java.util.Set.of("seal"), json))
        .isEqualTo("{\"a\":{\"c\":2.5,\"seal\":true},\"b\":1}");
    assertThat(CanonicalJson.inOwnOrder(json))
        .isEqualTo("{\"b\":1,\"seal\":\"x\",\"a\":{\"seal\":true,\"c\":2.5}}");
  }
}
