package dev.weir.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Passengers;
import dev.weir.model.tree.UnreadableModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models of others: LightGBM's text and XGBoost's JSON behind one mapping. */
class MainModelTest {
  /* Of the model's test of LightGBM files: columns width, height and kind. */
  private static final byte[] LIGHTGBM = resource("/dev/weir/model/tree/lightgbm.txt");
  private static final String MAPPING = """
      format: 1
      columns:
        - {column: width, field: Age}
        - {column: height, field: Spa}
        - {column: kind, field: HomePlanet, codes: {Earth: 1, Europa: 2}}
      """;

  private static byte[] resource(String name) {
    try (InputStream in = MainModelTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MainModel.Imported imported(byte[]... members) {
    return MainModel.Imported.of(
        List.of(members),
        "features.yaml",
        MAPPING,
        Passengers.DEFINITION.domain(),
        Passengers.DEFINITION.flags(),
        Passengers.REFERENCE);
  }

  private static float margin(MainModel.Imported model, double age, String planet) {
    float[] margins = new float[1];
    double[] row = model
        .columns()
        .featurizer()
        .row(Passengers.evidence(
            Passengers.record().with("Age", age).with("HomePlanet", planet).build()));
    model.ensemble().margins(Scorer.inputs(row), margins);
    return margins[0];
  }

  @Test
  void imported_lightGbmText_scoresThroughTheMapping() {
    // Up to 0.1: code 1 is in the left set, 2 is not; twice the leaf plus 0.25.
    assertThat(margin(imported(LIGHTGBM), 0, "Earth")).isEqualTo(1.25f);
    assertThat(margin(imported(LIGHTGBM), 0, "Europa")).isEqualTo(-0.25f);
    assertThat(margin(imported(LIGHTGBM), 30, "Earth")).isEqualTo(4.25f);
  }

  @Test
  void imported_severalFiles_areMembersOfOneEnsemble() {
    assertThat(imported(LIGHTGBM, LIGHTGBM).ensemble().memberCount()).isEqualTo(2);
  }

  @Test
  void imported_fileOfNeitherLibrary_isRefused() {
    assertThatThrownBy(() -> imported("a pickle".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnreadableModel.class);
  }

  @Test
  void imported_modelWithoutLogits_isRefused() {
    byte[] quantiles = resource("/dev/weir/model/bundle/quantiles.json");
    assertThatThrownBy(() -> imported(quantiles))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("import a model of one probability");
  }
}
