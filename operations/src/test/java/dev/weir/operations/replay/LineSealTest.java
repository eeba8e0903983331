package dev.weir.operations.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.decision.Seal;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The seal by a line's bytes is the seal of what it says, or one of nothing. */
class LineSealTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final LineSeal seal = new LineSeal();

  private Fingerprint ofText(String line) {
    return seal.of(line.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 100)
  void of_canonicalLineInAnyOrder_isTheSeal(@ForAll("objects") ObjectNode object) {
    assertThat(ofText(CanonicalJson.inOwnOrder(object))).isEqualTo(Seal.of(object));
  }

  @Property(tries = 100)
  void of_blanksBetween_isTheSeal(@ForAll("objects") ObjectNode object) {
    assertThat(ofText(object.toPrettyString())).isEqualTo(Seal.of(object));
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return objects(2);
  }

  private static Arbitrary<ObjectNode> objects(int depth) {
    Arbitrary<String> names = Arbitraries.of(
        "seal",
        "batchSeal",
        "b",
        "a",
        "batchSealed",
        "contributions",
        "contribution",
        "é",
        "",
        "with \"quotes\" and \\",
        "{,}");
    Arbitrary<JsonNode> values = Arbitraries.of(
        NODES.nullNode(),
        NODES.booleanNode(true),
        NODES.numberNode(1),
        NODES.numberNode(-3),
        NODES.textNode(""),
        NODES.textNode("a \"quoted\" \\ , } ] : text"));
    if (depth > 0) {
      values = Arbitraries.oneOf(
          values,
          objects(depth - 1).map(object -> object),
          objects(depth - 1).list().ofMaxSize(3).map(some -> NODES.arrayNode().addAll(some)));
    }
    return Arbitraries.maps(names, values).ofMaxSize(8).map(LineSealTest::object);
  }

  private static ObjectNode object(Map<String, JsonNode> members) {
    ObjectNode object = NODES.objectNode();
    object.setAll(members);
    return object;
  }

  @Example
  void of_lineLongerThanTheOneBefore_isTheSeal() {
    ObjectNode small = NODES.objectNode().put("a", 1);
    ObjectNode large = NODES.objectNode().put("z", "z".repeat(100_000)).put("a", 1);

    for (ObjectNode object : List.of(small, large, small)) {
      assertThat(ofText(CanonicalJson.inOwnOrder(object))).isEqualTo(Seal.of(object));
    }
  }

  @Example
  void of_numberInAnotherForm_isAnotherSeal() {
    ObjectNode object = NODES.objectNode().put("a", 1);

    assertThat(ofText("{\"a\":1.0}")).isNotEqualTo(Seal.of(object));
  }

  @Example
  void of_nameThatComesTwice_isNoSealOfEither() {
    assertThat(ofText("{\"a\":1,\"a\":2}"))
        .isNotEqualTo(Seal.of(NODES.objectNode().put("a", 1)))
        .isNotEqualTo(Seal.of(NODES.objectNode().put("a", 2)));
  }
}
