package dev.weir.gating;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.gating.control.ControlOrder;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What other programs and people rely on is written where they look. */
class DocumentedTest {
  private static String document(String name) throws IOException {
    return Files.readString(Path.of("..", "docs", name));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void reason_any_isInTheDecisionsPage(Reason reason) throws IOException {
    assertThat(document("decision.md")).contains("`" + reason + "`");
  }

  @ParameterizedTest
  @EnumSource(ControlOrder.Stop.Kind.class)
  void order_any_isInTheOperatorsPage(ControlOrder.Stop.Kind kind) throws IOException {
    assertThat(document("running.md")).contains("`" + kind + "`");
  }

  static Stream<String> policyKeys() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(PolicyFile.schemaText());
    Set<String> keys = new TreeSet<>();
    collect(schema, keys);
    collect(schema.path("properties").path("hold").path("oneOf").path(0), keys);
    collect(schema.path("properties").path("hold").path("oneOf").path(1), keys);
    return keys.stream();
  }

  private static void collect(JsonNode schema, Set<String> keys) {
    schema.path("properties").properties().forEach(key -> {
      keys.add(key.getKey());
      collect(key.getValue(), keys);
    });
  }

  @ParameterizedTest
  @MethodSource("policyKeys")
  void policyKey_any_isInThePolicysPage(String key) throws IOException {
    assertThat(document("policy.md")).containsPattern("[`.…]" + key + "[`.]");
  }

  @Test
  void policyKeys_areNotFew() throws IOException {
    assertThat(policyKeys().count()).isGreaterThan(40);
  }
}
