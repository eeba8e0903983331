package dev.weir.model.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XgboostJsonTest {
  private static final float NAN = Float.NaN;
  private static final String TREE = "/learner/gradient_booster/model/trees/0";

  @Test
  void read_modelOfVersion30_tellsWhatItIs() {
    TreeModel model = ModelFiles.read("two-trees.json");

    assertThat(model.objective()).isEqualTo(Objective.BINARY_LOGISTIC);
    assertThat(model.featureCount()).isEqualTo(3);
    assertThat(model.featureNames()).containsExactly("width", "height", "unused");
    assertThat(model.targetCount()).isEqualTo(1);
    assertThat(model.treeCount()).isEqualTo(2);
    assertThat(model.baseMargin(0)).isZero();
  }

  @Test
  void read_thresholdEqualToValue_goesRight() {
    assertThat(ModelFiles.margin(ModelFiles.read("two-trees.json"), 1.5f, 0.1f, 0))
        .isEqualTo(1f + 0.5f);
    assertThat(ModelFiles.margin(ModelFiles.read("two-trees.json"), Math.nextDown(1.5f), 0, 0))
        .isEqualTo(-0.5f - 0.25f);
  }

  @Test
  void read_thresholdIsDecimal_isComparedInFloat32() {
    // In double, 0.1f = 0.100000001... would not be equal to 0.1.
    TreeModel model = ModelFiles.read("two-trees.json");

    assertThat(ModelFiles.margin(model, 5, Math.nextDown(0.1f), 0)).isEqualTo(0.25f + 0.5f);
    assertThat(ModelFiles.margin(model, 5, 0.1f, 0)).isEqualTo(1f + 0.5f);
  }

  @Test
  void read_missingValue_goesTheDefaultWay() {
    assertThat(ModelFiles.margin(ModelFiles.read("two-trees.json"), NAN, NAN, NAN))
        .isEqualTo(0.25f + 0.125f);
  }

  @Test
  void read_defaultLeftAsBooleans_meansTheSame() {
    byte[] json = ModelFiles.with(
        "two-trees.json", TREE + "/default_left", "[false,false,true,false,false,false,false]");

    assertThat(ModelFiles.margin(XgboostJson.read(json), NAN, NAN, NAN)).isEqualTo(0.25f + 0.125f);
  }

  @Test
  void bestIteration_ofAModelThatStoppedEarly_isWhatItsFileRecords() {
    String stopped = """
        {"learner": {"attributes": {"best_iteration": "4"},
          "gradient_booster": {"model": {"gbtree_model_param": {"num_trees": "9"}}}}}""";
    assertThat(TreeModelFile.bestIteration(stopped.getBytes(UTF_8))).hasValue(4);
    assertThat(TreeModelFile.bestIteration(stopped.replace("9", "5").getBytes(UTF_8)))
        .as("no tree after it")
        .isEmpty();
    assertThat(TreeModelFile.bestIteration("{\"learner\": {}}".getBytes(UTF_8))).isEmpty();
    assertThat(TreeModelFile.bestIteration("tree\nversion=v4".getBytes(UTF_8))).isEmpty();
  }

  @Test
  void read_zeros_areOrderedAsNumbers() {
    byte[] json = ModelFiles.with("two-trees.json", TREE + "/split_conditions/0", "0");

    assertThat(ModelFiles.margin(XgboostJson.read(json), -0f, 0.1f, 0)).isEqualTo(1f - 0.25f);
    assertThat(ModelFiles.margin(XgboostJson.read(json), -Float.MIN_VALUE, 0, 0))
        .isEqualTo(-0.5f - 0.25f);
  }

  @ParameterizedTest
  @CsvSource({"4.5222223E-1, -0.19169605", "[4.3888488E-1], -0.24568889", "2E-1, -1.3862944"})
  void read_baseScoreOfLogit_isSummedAsFloat32(String baseScore, float margin) {
    byte[] json = ModelFiles.with(
        "two-trees.json", "/learner/learner_model_param/base_score", "\"" + baseScore + "\"");

    assertThat(XgboostJson.read(json).baseMargin(0)).isEqualTo(margin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"[1E0,2.5E0]; 1; 2.5", "[1E0, 2.5E0]; 1; 2.5", "[3]; 3; 3", "-4.5; -4.5; -4.5"})
  void read_baseScoreOfTwoTargets_isOneForAllOrOneEach(
      String baseScore, float first, float second) {
    TreeModel model = XgboostJson.read(ModelFiles.with(
        "two-quantiles.json", "/learner/learner_model_param/base_score", "\"" + baseScore + "\""));

    assertThat(model.baseMargin(0)).isEqualTo(first);
    assertThat(model.baseMargin(1)).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource({
    "binary:logitraw",
    "reg:squarederror",
    "reg:pseudohubererror",
    "reg:absoluteerror",
    "reg:quantileerror"
  })
  void read_baseScoreOfOtherObjectives_isTheMargin(String objective) {
    // For binary:logitraw this is what XGBoost 3.0.4 does.
    byte[] json =
        ModelFiles.with("two-trees.json", "/learner/objective/name", "\"" + objective + "\"");

    assertThat(XgboostJson.read(json).baseMargin(0)).isEqualTo(0.5f);
    assertThat(XgboostJson.read(json).objective().label()).isEqualTo(objective);
  }

  @Test
  void read_twoTargets_addsEachTreeToItsTarget() {
    TreeEnsemble ensemble = TreeEnsemble.of(List.of(ModelFiles.read("two-quantiles.json")));
    float[] margins = new float[2];

    ensemble.margins(new float[] {1.5f, 0.1f, 0}, margins);

    assertThat(margins).containsExactly(1f + 0.5f, 2.5f + 1f);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 11", "1.9, 11", "33, 11", "0, 9", "-0.0, 9", "2, 9", "34, 9", "65, 9", "-1, 9", "-0.5, 9",
    "1e30, 9", "NaN, 9"
  })
  void read_categoricalSplit_sendsCodesOfTheSetRight(float code, float margin) {
    assertThat(ModelFiles.margin(ModelFiles.read("category.json"), -5, 0, code)).isEqualTo(margin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/version | [4,0,0] | $.version[0] is 4: outside [1, 3]",
        "/version | [] | $.version[0] is missing: expected a whole number",
        "/learner/objective/name | \"multi:softmax\" | $.learner.objective.name is \"multi:softmax\": the readable",
        "/learner/objective | {} | $.learner.objective.name is missing",
        "/learner/learner_model_param/base_score | 0.5 | base_score is 0.5: expected a string",
        "/learner/learner_model_param/base_score | \"[0.5\" | base_score is \"[0.5\": expected a number",
        "/learner/learner_model_param/base_score | \"[]\" | expected a number",
        "/learner/learner_model_param/base_score | \"[0.5,0.5]\" | one for each of the 1 targets",
        "/learner/learner_model_param/base_score | \"nan\" | expected a number",
        "/learner/learner_model_param/base_score | \"1E99\" | expected a finite number",
        "/learner/learner_model_param/base_score | \"1\" | strictly between 0 and 1",
        "/learner/learner_model_param/base_score | \"1E-45\" | expected a finite number",
        "/learner/learner_model_param/num_feature | \"0\" | outside [1, 65536]",
        "/learner/learner_model_param/num_feature | \"1e3\" | expected a whole number",
        "/learner/learner_model_param/num_target | \"99999\" | outside [1, 1024]",
        "/learner/learner_model_param/num_class | \"3\" | outside [0, 1]",
        "/learner/feature_names | [\"a\"] | $.learner.feature_names is 1 long: expected 3",
        "/learner/gradient_booster/name | \"dart\" | only \"gbtree\"",
        "/learner/gradient_booster/model/gbtree_model_param/num_trees | \"3\" | there are 2 trees; the file may be cut off",
        "/learner/gradient_booster/model/tree_info | [0,1] | tree_info[1] is 1: outside [0, 0]",
        "/learner/gradient_booster/model/trees | 7 | expected an array",
        TREE + "/tree_param/num_nodes | \"8\" | left_children is 7 long: expected 8",
        TREE + "/tree_param/num_nodes | \"99999\" | outside [1, 65536]",
        TREE + "/tree_param/size_leaf_vector | \"3\" | vector in each leaf",
        TREE
            + "/left_children/0 | 7 | $.learner.gradient_booster.model.trees[0].left_children[0] is 7: the tree's nodes",
        TREE + "/left_children/0 | -2 | left_children[0] is -2: the tree's nodes are 0 to 6",
        TREE + "/left_children/0 | 2 | left_children[0] is 2: the node already has a parent",
        TREE + "/left_children/2 | 0 | left_children[2] is 0: a cycle",
        TREE + "/right_children/2 | 2 | right_children[2] is 2: a cycle",
        TREE + "/left_children/0 | -1 | right_children[0] is 2: a node without a left child",
        TREE + "/left_children/0 | 1.5 | left_children[0] is 1.5: expected a whole number",
        TREE + "/split_indices/2 | 3 | split_indices[2] is 3: the model's features are 0 to 2",
        TREE + "/split_indices/0 | 2147483647 | split_indices[0] is 2147483647",
        TREE + "/split_conditions/0 | NaN | split_conditions[0] is NaN: a threshold must be finite",
        TREE
            + "/split_conditions/1 | -Infinity | split_conditions[1] is -Infinity: a leaf's value must be finite",
        TREE + "/split_conditions/1 | 1e39 | a leaf's value must be finite",
        TREE + "/split_conditions/1 | 3e38 | the largest margin",
        TREE + "/split_conditions/1 | \"1\" | expected a number",
        TREE
            + "/sum_hessian/2 | -1 | sum_hessian[2] is -1.0: expected a finite number that is not negative",
        TREE + "/default_left/0 | 2 | default_left[0] is 2: outside [0, 1]",
        TREE + "/split_type/0 | 1 | split_type[0] is 1: the categorical node has no entry",
        TREE + "/split_type/0 | 2 | split_type[0] is 2: outside [0, 1]",
        TREE + "/categories_nodes | [0] | is 0 long: expected 1",
      })
  void read_damagedValue_isRefusedWithPathValueAndProblem(
      String pointer, String json, String message) {
    assertThatThrownBy(() -> XgboostJson.read(ModelFiles.with("two-trees.json", pointer, json)))
        .isInstanceOf(UnreadableModel.class)
        .hasMessageContaining(message);
  }

  @Test
  void read_unreachableNodesHoldRubbish_isNoMatter() {
    byte[] json = ModelFiles.with("two-trees.json", TREE + "/split_conditions/6", "NaN");

    assertThat(ModelFiles.margin(XgboostJson.read(json), NAN, NAN, NAN)).isEqualTo(0.25f + 0.125f);
  }

  @Test
  void read_fileCutAnywhere_isRefused() {
    byte[] json = ModelFiles.bytes("two-trees.json");
    int end = new String(json, StandardCharsets.UTF_8).lastIndexOf('}');

    for (int length = 0; length <= end; length++) {
      byte[] cut = Arrays.copyOf(json, length);
      assertThatThrownBy(() -> XgboostJson.read(cut)).isInstanceOf(UnreadableModel.class);
    }
  }

  @Test
  void read_textAfterTheModel_isRefused() {
    String json = new String(ModelFiles.bytes("two-trees.json"), StandardCharsets.UTF_8);

    assertThatThrownBy(() -> XgboostJson.read((json + "{}").getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnreadableModel.class);
  }

  @ParameterizedTest
  @CsvSource({"16, true", "17, false"})
  void read_nestedArrays_areReadToTheLimit(int depth, boolean readable) {
    // The root object is one level.
    String nested = "[".repeat(depth - 1) + "]".repeat(depth - 1);
    byte[] json = ModelFiles.with("two-trees.json", "/extra", "\"@deep\"");
    byte[] deep = new String(json, StandardCharsets.UTF_8)
        .replace("\"@deep\"", nested)
        .getBytes(StandardCharsets.UTF_8);

    if (readable) {
      assertThat(XgboostJson.read(deep).treeCount()).isEqualTo(2);
    } else {
      assertThatThrownBy(() -> XgboostJson.read(deep))
          .isInstanceOf(UnreadableModel.class)
          .hasMessageContaining("nesting depth (17)");
    }
  }

  @Test
  void read_codesThatNeedTooManyBits_areRefused() {
    byte[] json = ModelFiles.with("category.json", TREE + "/categories", "[1,16777216]");

    assertThatThrownBy(() -> XgboostJson.read(json))
        .isInstanceOf(UnreadableModel.class)
        .hasMessageContaining("categories[1] is 16777216: outside");
  }
}
