package dev.weir.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What goes straight into bytes is what {@link CanonicalJson} says, the second time too. */
class JsonBytesTest {
  private final JsonBytes out = new JsonBytes();

  private String text() {
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }

  @Property(tries = 200)
  void number_anyNumbers_onceAndAgain_areTheTrees(@ForAll List<Double> values) {
    ArrayNode tree = JsonNodeFactory.instance.arrayNode();
    values.forEach(tree::add);
    for (int round = 0; round < 2; round++) {
      out.clear();
      out.plain('[');
      values.forEach(value -> out.next().number(value));
      out.plain(']');
      assertThat(text()).isEqualTo(CanonicalJson.of(tree));
    }
  }

  @Property(tries = 200)
  void whole_anyLong_isTheNearestDouble(@ForAll long value) {
    assertThat(new String(new JsonBytes().whole(value).toByteArray(), StandardCharsets.UTF_8))
        .isEqualTo(CanonicalJson.number((double) value));
  }

  @Test
  void number_notFinite_isRefused_andLeavesTheOthers() {
    out.number(0.1);
    assertThatThrownBy(() -> out.number(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    out.next().number(0.1).next().number(0);
    assertThat(text()).isEqualTo("0.1,0.1,0");
  }

  @Test
  void word_onceAndAgain_isItsTextInQuotes() {
    out.plain('{')
        .name("a\"b")
        .word("ä")
        .name("ä")
        .word("a\"b")
        .name("a\"b")
        .text("ä")
        .plain('}');
    assertThat(text()).isEqualTo("{\"a\\\"b\":\"ä\",\"ä\":\"a\\\"b\",\"a\\\"b\":\"ä\"}");
  }
}
