package dev.weir.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8785: its number samples of appendix B, its key order, and what JSON cannot say. */
class CanonicalJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "0000000000000002, 1e-323",
    "0000000000000003, 1.5e-323",
    "0000000000000004, 2e-323",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void number_appendixB_isItsText(String bits, String text) {
    assertThat(CanonicalJson.number(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
        .isEqualTo(text);
  }

  @Test
  void number_nanOrInfinity_isRefused() {
    assertThatThrownBy(() -> CanonicalJson.number(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.number(Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.of(parse("{\"a\": 1e999}")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_keys_areSortedByUtf16CodeUnits() {
    // RFC 8785, 3.2.3: the emoji's surrogates sort before U+FB33.
    String text = """
        {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
         "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
         "\\u00f6": "Latin Small Letter O With Diaeresis"}""";
    assertThat(parse(CanonicalJson.of(parse(text))).fieldNames())
        .toIterable()
        .containsExactly("\r", "1", "\u0080", "ö", "€", "😀", "\ufb33");
  }

  @Test
  void of_sampleOfTheRfc_isItsText() {
    String text = """
        {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
         "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
         "literals": [null, true, false]}""";
    assertThat(CanonicalJson.of(parse(text)))
        .isEqualTo("{\"literals\":[null,true,false],"
            + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void of_nestedObjects_areSortedToo() {
    assertThat(CanonicalJson.of(parse("[{\"b\": {\"d\": 1, \"c\": 2}, \"a\": []}]")))
        .isEqualTo("[{\"a\":[],\"b\":{\"c\":2,\"d\":1}}]");
  }

  @Test
  void inOwnOrder_keys_keepTheirOrder() {
    assertThat(CanonicalJson.inOwnOrder(parse("{\"b\": 1.0, \"a\": 2}")))
        .isEqualTo("{\"b\":1,\"a\":2}");
  }

  @Test
  void of_halfASurrogatePair_isRefused() {
    assertThatThrownBy(() -> CanonicalJson.of(JsonNodeFactory.instance.textNode("a\ud800b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 500)
  void number_anyDouble_readsBackToTheBit(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    Assume.that(Double.isFinite(value) && bits != Long.MIN_VALUE);
    String text = CanonicalJson.number(value);
    assertThat(Double.parseDouble(text)).isEqualTo(value);
    assertThat(parse(text).doubleValue()).isEqualTo(value);
  }

  @Property(tries = 500)
  void of_canonicalText_isItself(@ForAll double a, @ForAll long b, @ForAll String text) {
    Assume.that(java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text));
    var json = JsonNodeFactory.instance.objectNode();
    json.put(text, a).put("b", b).putArray("a").add(text).addNull().add(true);
    String canonical = CanonicalJson.of(json);
    assertThat(CanonicalJson.of(parse(canonical))).isEqualTo(canonical);
  }
}
