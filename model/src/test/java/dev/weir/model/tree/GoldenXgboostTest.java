package dev.weir.model.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.Shared;
import dev.weir.model.numeric.Logistic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity with XGBoost's own output, where the shared reference values are at hand. */
class GoldenXgboostTest {
  private static final Optional<Path> FOLDER =
      Shared.find().map(shared -> shared.resolve("golden/xgboost"));

  @BeforeAll
  static void say() {
    System.out.println(
        "golden/xgboost " + FOLDER.map(folder -> "used: " + folder).orElse("not used: not found"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model1_binary_missing",
        "model2_base_score",
        "model3_multiquantile",
        "model4_v34_binary"
      })
  void margins_sharedModels_equalXgboostBitForBit(String name) throws IOException {
    Golden golden = Golden.read(name);
    TreeEnsemble ensemble = TreeEnsemble.of(List.of(golden.model));

    for (int row = 0; row < golden.rows.length; row++) {
      float[] margins = new float[ensemble.targetCount()];
      ensemble.margins(golden.rows[row], margins);

      for (int target = 0; target < margins.length; target++) {
        // Nine digits determine a float32.
        assertThat(margins[target])
            .isEqualTo(golden.value("margin_xgb", row, target).floatValue());
        assertThat((double) margins[target])
            .isCloseTo(golden.value("margin_f64", row, target).doubleValue(), within(2e-5));
      }
      if (golden.model.objective().isLogit()) {
        assertThat(Logistic.sigmoid(margins[0]))
            .isCloseTo(golden.value("probability_xgb", row, 0).doubleValue(), within(2e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model1_binary_missing",
        "model2_base_score",
        "model3_multiquantile",
        "model4_v34_binary"
      })
  void leaf_sharedModels_equalXgboost(String name) throws IOException {
    Golden golden = Golden.read(name);

    for (int i = 0; i < golden.expected.get("leaf_rows").size(); i++) {
      float[] row = golden.rows[golden.expected.get("leaf_rows").get(i).intValue()];
      for (int tree = 0; tree < golden.model.treeCount(); tree++) {
        assertThat(golden.model.trees().get(tree).leaf(row))
            .isEqualTo(golden.expected.get("leaf_index").get(i).get(tree).intValue());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model1_binary_missing",
        "model2_base_score",
        "model3_multiquantile",
        "model4_v34_binary"
      })
  void shap_sharedModels_equalsExactReference(String name) throws IOException {
    Golden golden = Golden.read(name);

    for (int i = 0; i < golden.contributionRows(); i++) {
      for (int target = 0; target < golden.model.targetCount(); target++) {
        double[] contributions =
            TreeShap.contributions(golden.model, target, golden.rows[golden.contributionRow(i)]);

        double[] expected = golden.values("shap_f64", i, target);
        expected[expected.length - 1] += golden.baseMarginRounding(target);
        assertThat(contributions).containsExactly(expected, within(1e-9));
        assertThat(contributions)
            .containsExactly(golden.values("shap_xgb", i, target), within(3e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model1_binary_missing",
        "model2_base_score",
        "model3_multiquantile",
        "model4_v34_binary"
      })
  void score_sharedModels_equalsPathReference(String name) throws IOException {
    Golden golden = Golden.read(name);
    int features = golden.model.featureCount();
    int[] eachItsOwn = IntStream.range(0, features).toArray();

    for (int target = 0; target < golden.model.targetCount(); target++) {
      PathAttribution attribution = PathAttribution.of(
          TreeEnsemble.of(List.of(golden.model.onlyTarget(target))), eachItsOwn, features);
      for (int i = 0; i < golden.contributionRows(); i++) {
        int row = golden.contributionRow(i);
        float[] margin = new float[1];
        double[] contributions = new double[features];
        attribution.score(golden.rows[row], margin, contributions);

        double[] expected = golden.values("approx_f64", i, target);
        for (int feature = 0; feature < features; feature++) {
          assertThat(contributions[feature]).isCloseTo(expected[feature], within(1e-9));
        }
        assertThat(attribution.bias())
            .isCloseTo(expected[features] + golden.baseMarginRounding(target), within(1e-9));
        assertThat(margin[0]).isEqualTo(golden.value("margin_xgb", row, target).floatValue());
      }
    }
  }

  /** One shared model with its expected values. */
  private record Golden(TreeModel model, JsonNode expected, float[][] rows) {
    static Golden read(String name) throws IOException {
      assumeTrue(FOLDER.isPresent(), "no shared reference values");
      Path folder = FOLDER.orElseThrow();
      TreeModel model = XgboostJson.read(Files.readAllBytes(folder.resolve(name + ".json")));
      JsonNode expected =
          new ObjectMapper().readTree(folder.resolve(name + ".expected.json").toFile());
      JsonNode rows = expected.get("rows");
      float[][] values = new float[rows.size()][model.featureCount()];
      for (int row = 0; row < values.length; row++) {
        for (int feature = 0; feature < model.featureCount(); feature++) {
          JsonNode value = rows.get(row).get(feature);
          values[row][feature] = value.isNull() ? Float.NaN : (float) value.doubleValue();
        }
      }
      return new Golden(model, expected, values);
    }

    JsonNode value(String field, int row, int target) {
      JsonNode values = expected.get(field).get(row);
      return values.isArray() ? values.get(target) : values;
    }

    /** The reference has the base margin in double, XGBoost and we in float32. */
    double baseMarginRounding(int target) {
      return model.baseMargin(target)
          - expected.get("base_margin_f64").get(target).doubleValue();
    }

    int contributionRows() {
      return expected.has("contrib_rows") ? expected.get("contrib_rows").size() : rows.length;
    }

    int contributionRow(int i) {
      return expected.has("contrib_rows") ? expected.get("contrib_rows").get(i).intValue() : i;
    }

    double[] values(String field, int i, int target) {
      JsonNode values = expected.get(field).get(i);
      JsonNode ofTarget = values.get(0).isArray() ? values.get(target) : values;
      return IntStream.range(0, ofTarget.size())
          .mapToDouble(j -> ofTarget.get(j).doubleValue())
          .toArray();
    }
  }
}
