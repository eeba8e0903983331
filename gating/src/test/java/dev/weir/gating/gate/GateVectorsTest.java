package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.gating.Shared;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches of gate inputs with outcomes that were worked out elsewhere. */
class GateVectorsTest {
  private static final double TOLERANCE = 1e-9;

  static Stream<GateVectors> vectors() throws URISyntaxException {
    URL own = GateVectorsTest.class.getResource("/gate/cases.jsonl");
    List<GateVectors> all = new ArrayList<>(GateVectors.read(Path.of(own.toURI())));
    Path shared =
        Shared.find().map(dir -> dir.resolve("golden/gate/cases.jsonl")).orElse(null);
    if (shared == null) {
      System.out.println("gate vectors: our own only; the shared set is absent");
    } else {
      all.addAll(GateVectors.read(shared));
      System.out.println("gate vectors: our own and the shared set");
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void judge_vector_matches(GateVectors vector) {
    JsonNode expected = vector.expected();
    BatchGate.Verdict found = vector.found();
    assertThat(found.held()).as("held").isEqualTo(!expected.path("hold").isNull());
    if (found.held()) {
      assertThat(found.n()).isEqualTo(expected.path("hold").path("n").asInt());
      assertThat(found.k()).isEqualTo(expected.path("hold").path("k").asInt());
    }
    assertThat(found.judgements()).hasSize(expected.path("records").size());
    for (int i = 0; i < found.judgements().size(); i++) {
      matches(found.judgements().get(i), found, expected.path("records").get(i));
    }
  }

  private static void matches(Judgement found, BatchGate.Verdict verdict, JsonNode expected) {
    String id = expected.path("recordId").asText();
    assertThat(found.fragile()).as(id).isEqualTo(expected.path("fragile").asBoolean());
    assertThat(found.slices())
        .as(id)
        .containsExactlyInAnyOrderElementsOf(strings(expected.path("slices")));
    close(id + " readings", found.readings(), expected.path("readings"));
    assertThat(!found.capCauses().isEmpty())
        .as(id + " capsTriggered")
        .isEqualTo(expected.path("capsTriggered").asBoolean());
    assertThat(found.capped().isEmpty()).isEqualTo(expected.path("marginCapped").isNull());
    found.capped().ifPresent(capped -> {
      close(id + " marginCapped", capped.margin(), expected.path("marginCapped"));
      close(id + " contributions", capped.contributions(), expected.path("contributionsCapped"));
    });
    close(id + " base", found.variance().base(), expected.path("varianceBase"));
    close(id + " combined", found.variance().combined(), expected.path("varianceCombined"));
    assertThat(found.variance().components())
        .as(id)
        .isEqualTo(numbers(expected.path("varianceComponents")));
    close(id + " p10", found.interval().p10(), expected.path("interval").path("p10"));
    close(id + " p50", found.interval().p50(), expected.path("interval").path("p50"));
    close(id + " p90", found.interval().p90(), expected.path("interval").path("p90"));
    close(id + " width", found.width(), expected.path("width"));
    close(id + " confidence", found.confidence(), expected.path("confidence"));
    assertThat(found.predicted()).as(id).isEqualTo(expected.path("predicted").asBoolean());
    assertThat(found.canary()).as(id).isEqualTo(expected.path("canary").asBoolean());
    assertThat(found.route().name())
        .as(id)
        .isEqualTo(expected.path("recordRoute").asText());
    Judgement last = verdict.held() ? found.held() : found;
    assertThat(verdict.held() ? Route.HELD.name() : found.route().name())
        .as(id)
        .isEqualTo(expected.path("route").asText());
    assertThat(last.reasons()).as(id).isEqualTo(reasons(expected.path("reasons")));
    close(id + " fraction", verdict.fragileFraction(), expected.path("fragileFraction"));
  }

  private static void close(String what, double found, JsonNode expected) {
    assertThat(found).as(what).isCloseTo(expected.asDouble(), within(TOLERANCE));
  }

  private static void close(String what, double[] found, JsonNode expected) {
    assertThat(found).as(what).hasSize(expected.size());
    int i = 0;
    for (JsonNode value : expected) {
      close(what + "[" + i + "]", found[i++], value);
    }
  }

  private static List<String> strings(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asText()));
    return values;
  }

  private static Map<String, Double> numbers(JsonNode object) {
    Map<String, Double> numbers = new TreeMap<>();
    object.properties().forEach(e -> numbers.put(e.getKey(), e.getValue().asDouble()));
    return numbers;
  }

  private static Set<Reason> reasons(JsonNode array) {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    array.forEach(value -> reasons.add(Reason.valueOf(value.asText())));
    return reasons;
  }
}
