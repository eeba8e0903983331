package dev.weir.model.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * lightgbm.txt, sigmoid 2: tree 0 is
 *
 * <pre>
 *   x0 &lt;= 0.1, NaN right      rows 100
 *     left: code in {1, 33}     rows 30
 *       left: 0.5               rows 10
 *       right: -0.25            rows 20
 *     right: x1 &lt;= -1.5, missing type zero, default left      rows 70
 *       left: 1                 rows 30
 *       right: 2                rows 40
 * </pre>
 *
 * and tree 1 is the leaf 0.125. Expected values are as in LightGBM 4.3, twice its raw score.
 */
class LightGbmTextTest {
  private static final String FILE =
      new String(ModelFiles.bytes("lightgbm.txt"), StandardCharsets.UTF_8);

  @Test
  void read_binaryModel_isALogisticOne() {
    TreeModel model = read(FILE);

    assertThat(model.objective()).isEqualTo(Objective.BINARY_LOGISTIC);
    assertThat(model.featureNames()).containsExactly("width", "height", "kind");
    assertThat(model.treeCount()).isEqualTo(2);
    assertThat(model.baseMargin(0)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0.09999999, -2, 0, -0.25",
    "0.1, -2, 0, 1",
    "NaN, -2, 0, 1",
    "9, -1.5, 0, 1",
    "9, -1.4, 0, 2",
    "9, 5, 0, 2",
  })
  void read_threshold_sendsUpToItLeftInDouble(float x0, float x1, float x2, float leaf) {
    // 0.1 in float32 is above 0.1 in double.
    assertThat(ModelFiles.margin(read(FILE), x0, x1, x2)).isEqualTo(2 * leaf + 0.25f);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-0.0, 1", "NaN, 1", "1e-35, 1", "-1e-35, 1", "2e-35, 2", "-2e-35, 2"})
  void read_missingTypeZero_sendsZeroAndNanTheDefaultWay(float x1, float leaf) {
    assertThat(ModelFiles.margin(read(FILE), 9, x1, 0)).isEqualTo(2 * leaf + 0.25f);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.5",
    "1.9, 0.5",
    "33, 0.5",
    "0, -0.25",
    "-0.5, -0.25",
    "-1, -0.25",
    "65, -0.25",
    "1e30, -0.25",
    "NaN, -0.25"
  })
  void read_categories_sendTheSetLeft(float x2, float leaf) {
    assertThat(ModelFiles.margin(read(FILE), -1, 0, x2)).isEqualTo(2 * leaf + 0.25f);
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "-0.0, true",
    "1e-36, true",
    "-1e-36, false",
    "1e300, true",
    "-1e300, false"
  })
  void read_missingTypeNone_takesNanAndNearlyZeroForZero(String threshold, boolean left) {
    TreeModel model =
        read(FILE.replace("threshold=0.10000000000000001 ", "threshold=" + threshold + " ")
            .replace("decision_type=8 ", "decision_type=0 "));

    for (float zero : new float[] {Float.NaN, 0, 1e-35f, -1e-35f}) {
      assertThat(ModelFiles.margin(model, zero, 5, 0)).isEqualTo(2 * (left ? -0.25f : 2) + 0.25f);
    }
  }

  @Test
  void read_rowCounts_weighTheContributions() {
    double[] contributions = TreeShap.contributions(read(FILE), 0, new float[] {-1, 0, 1});

    assertThat(contributions[3])
        .isCloseTo(2 * (0.1 * 0.5 - 0.2 * 0.25 + 0.3 + 0.4 * 2) + 0.25, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tree\\nversion | tree of life\\nversion | line 1 is tree of life",
        "version=v4 | version=v2 | header.version is v2",
        "objective=binary sigmoid:2 | objective=regression | header.objective is regression",
        "sigmoid:2 | sigmoid:-2 | sigmoid must be positive",
        "num_class=1 | num_class=3 | header.num_class is 3: outside [1, 1]",
        "label_index=0 | average_output | random forests",
        "tree_sizes=300 100 | tree_sizes=300 | header.tree_sizes is 1 long: there are 2 trees",
        "width height kind | width height | header.feature_names is 2 long",
        "max_feature_idx=2 | max_feature_idx=1 | expected 2 names",
        "end of trees | end of tree | end of trees",
        "Tree=1 | Tree=2 | Tree=1.Tree is 2",
        "num_leaves=4 | num_leaves=5 | left_child is 3 long: expected 4 entries",
        "num_leaves=4 | num_leaves=99999 | Tree=0.num_leaves is 99999",
        "split_feature=0 2 1 | split_feature=0 2 3 | split_indices[2] is 3: the model's features are 0 to 2",
        "threshold=0.1 | threshold=nan | expected a finite number",
        "threshold=0.10000000000000001 0 | threshold=0.1 1 | Tree=0.threshold[1] is 1.0: there is no such set",
        "decision_type=8 1 6 | decision_type=8 1 14 | decision_type[2] is 14",
        "left_child=1 -1 -3 | left_child=1 -1 -1 | already has a parent",
        "left_child=1 -1 -3 | left_child=0 -1 -3 | a cycle",
        "left_child=1 -1 -3 | left_child=1 -1 -9 | the tree's nodes are 0 to 6",
        "left_child=1 -1 -3 | left_child=1 -1 -2147483648 | left_child[2]",
        "leaf_value=0.5 | leaf_value=1e39 | a leaf's value must be finite",
        "leaf_count=10 | leaf_count=-10 | expected a finite number that is not negative",
        "cat_boundaries=0 2 | cat_boundaries=0 3 | no such set of categories",
        "cat_threshold=2 2 | cat_threshold=2 4294967296 | expected 32 bits",
        "is_linear=0 | is_linear=1 | linear leaves",
        "num_cat=1 | num_leaves=4 | the same key stands twice",
      })
  void read_damagedFile_isRefusedWithPlaceAndProblem(
      String text, String replacement, String message) {
    String damaged = FILE.replaceFirst(
        Pattern.quote(text.replace("\\n", "\n")), replacement.replace("\\n", "\n"));

    assertThat(damaged).isNotEqualTo(FILE);
    assertThatThrownBy(() -> read(damaged))
        .isInstanceOf(UnreadableModel.class)
        .hasMessageContaining(message);
  }

  @Test
  void read_mutatedFile_isRefusedOrScoresFinite() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      int at = random.nextInt(FILE.length());
      int cut = random.nextInt(4);
      String inserted = random.nextBoolean() ? "" : "-9 2e38".substring(random.nextInt(7));
      String damaged =
          FILE.substring(0, at) + inserted + FILE.substring(Math.min(FILE.length(), at + cut));
      try {
        TreeModel model = read(damaged);
        float margin = ModelFiles.margin(model, new float[model.featureCount()]);
        assertThat(Float.isFinite(margin)).as(damaged).isTrue();
      } catch (UnreadableModel refusal) {
        assertThat(refusal.path()).isNotEmpty();
      }
    }
  }

  private static TreeModel read(String text) {
    return LightGbmText.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
