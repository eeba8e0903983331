package dev.weir.model.bundle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.reference.Coding;
import dev.weir.model.reference.Frequencies;
import dev.weir.model.reference.Surprise;
import dev.weir.model.reference.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksJsonTest {
  private static final DomainDefinition DEFINITION = DomainDefinition.read("small.yaml", """
      domain: small
      format: 1
      fields:
        - {name: Id, kind: text, role: id}
        - {name: Vip, kind: boolean}
      flags: {}
      """);

  @Test
  void readDrift_statisticsOfAnotherEngine_areRefused() {
    Vocabulary vocabulary = new Vocabulary(List.of(List.of(), List.of()));
    String row = "{'name': '%s', 'rows': 100, 'mean': 0.5, 'spread': 0, 'low': 0, 'high': 1}";
    String json = ("{'drift': {'sizes': [], 'scales': [], 'thresholds': [], 'statistics': ["
            + row.formatted("missing(Vip)") + ", " + row.formatted("false(Vip)") + "]}}")
        .replace('\'', '"');

    assertThatThrownBy(() -> ChecksJson.readDrift(
            new ObjectMapper().readTree(json),
            DEFINITION,
            vocabulary,
            new Frequencies(
                100, new int[1], new int[1], new int[] {100}, new int[] {50}, new int[2][0]),
            Surprise.none(new Coding(DEFINITION.domain(), vocabulary, new double[2][0]))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("drift.statistics[1] is 'false(Vip)'")
        .hasMessageContaining("true(Vip)");
  }
}
