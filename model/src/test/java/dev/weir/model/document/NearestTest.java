package dev.weir.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("true", "false", "width", "smallBatch", "slices", "scope", "semantics");

  @ParameterizedTest
  @CsvSource({
    "widh, width",
    "Width, width",
    "smallbatch, smallBatch",
    "small_batch, smallBatch",
    "slice, slices",
    "scopes, scope",
    "semantic, semantics",
    "tru, true",
    "silces, slices",
    "wdith, width",
  })
  void to_mistyped_isTheNameThatWasMeant(String typed, String meant) {
    assertThat(Nearest.to(typed, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"banana", "x", "thresholds", "''"})
  void to_somethingElse_isNothing(String typed) {
    assertThat(Nearest.to(typed, KNOWN)).isEmpty();
  }

  @Test
  void to_twoAsNear_isTheFirstByName() {
    assertThat(Nearest.to("maxn", List.of("min", "max"))).contains("max");
    assertThat(Nearest.to("scape", List.of("scope", "scale"))).contains("scale");
  }
}
