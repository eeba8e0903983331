package dev.weir.model.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TreeEnsembleTest {
  @Test
  void margins_severalMembers_standMemberByMember() {
    TreeModel model = ModelFiles.read("two-quantiles.json");
    TreeEnsemble ensemble = TreeEnsemble.of(List.of(model, model));
    float[] margins = new float[4];

    ensemble.margins(new float[] {1.5f, 0.1f, 0}, margins);

    assertThat(ensemble.memberCount()).isEqualTo(2);
    assertThat(ensemble.targetCount()).isEqualTo(2);
    assertThat(ensemble.featureCount()).isEqualTo(3);
    assertThat(margins).containsExactly(1.5f, 3.5f, 1.5f, 3.5f);
  }

  @Property(tries = 300)
  void margins_anyModels_equalTheTreesWalkedOneByOneInFloat32(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int depth,
      @ForAll @IntRange(min = 1, max = 3) int targets,
      @ForAll boolean plain) {
    RandomModels random = new RandomModels(seed, 5, plain);
    List<TreeModel> members = List.of(random.model(7, depth, targets), random.model(4, 3, targets));
    TreeEnsemble ensemble = TreeEnsemble.of(members);
    float[] margins = new float[2 * targets];

    for (int i = 0; i < 20; i++) {
      float[] row = random.row();
      ensemble.margins(row, margins);

      for (int m = 0; m < 2; m++) {
        for (int target = 0; target < targets; target++) {
          assertThat(margins[m * targets + target]).isEqualTo(walked(members.get(m), target, row));
        }
      }
    }
  }

  private static float walked(TreeModel model, int target, float[] row) {
    float margin = model.baseMargin(target);
    for (int i = 0; i < model.treeCount(); i++) {
      Tree tree = model.trees().get(i);
      margin += model.targetOfTree(i) == target ? tree.leafValue(tree.leaf(row)) : 0;
    }
    return margin;
  }

  @Test
  void margins_infiniteValues_areOrderedAsNumbers() {
    TreeModel model = ModelFiles.read("two-trees.json");

    assertThat(ModelFiles.margin(model, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0))
        .isEqualTo(0.25f + 0.5f);
    assertThat(ModelFiles.margin(model, Float.NEGATIVE_INFINITY, 0, 0)).isEqualTo(-0.5f + 0.125f);
  }

  @Test
  void margins_nanOfAnyBits_isMissing() {
    float negativeNan = Float.intBitsToFloat(0xffc00001);

    assertThat(ModelFiles.margin(
            ModelFiles.read("two-trees.json"), negativeNan, negativeNan, negativeNan))
        .isEqualTo(0.25f + 0.125f);
  }

  @Test
  void margins_setOfCodesThatLieFarApart_isAskedAsAnyOther() {
    TreeModel model = XgboostJson.read(ModelFiles.with(
        "category.json", "/learner/gradient_booster/model/trees/0/categories", "[1, 2000000]"));

    assertThat(ModelFiles.margin(model, 0, 0, 1)).isEqualTo(11);
    assertThat(ModelFiles.margin(model, 0, 0, 2_000_000)).isEqualTo(11);
    assertThat(ModelFiles.margin(model, 0, 0, 33)).isEqualTo(8);
    assertThat(ModelFiles.margin(model, -1, 0, Float.NaN)).isEqualTo(9);
  }

  @Test
  void margins_treeIsOneLeaf_addsItsValue() {
    byte[] json = ModelFiles.with(
        "two-trees.json", "/learner/gradient_booster/model/trees/0/left_children/0", "-1");
    json = new String(json, StandardCharsets.UTF_8)
        .replace(
            "\"right_children\":[2,-1,4,-1,-1,-1,-1]", "\"right_children\":[-1,-1,4,-1,-1,-1,-1]")
        .getBytes(StandardCharsets.UTF_8);

    assertThat(ModelFiles.margin(XgboostJson.read(json), 0, 0, 0)).isEqualTo(1.5f - 0.25f);
  }

  @Test
  void score_secondTimeInAThread_allocatesNothing() {
    RandomModels random = new RandomModels(1, 5, false);
    TreeEnsemble ensemble = TreeEnsemble.of(List.of(random.model(9, 5, 1), random.model(5, 4, 1)));
    PathAttribution attribution = PathAttribution.of(ensemble, new int[] {0, 0, 1, 2, 2}, 3);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] row = random.row();
    float[] margins = new float[2];
    double[] contributions = new double[3];
    attribution.score(row, margins, contributions);
    ensemble.margins(row, margins);
    threads.getCurrentThreadAllocatedBytes();

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      attribution.score(row, margins, contributions);
      ensemble.margins(row, margins);
    }
    long after = threads.getCurrentThreadAllocatedBytes();

    // Reading the counter may itself allocate a little.
    assertThat(after - before).isLessThan(1000);
  }

  @Test
  void margins_arraysOfOtherLength_areRefused() {
    TreeEnsemble ensemble = TreeEnsemble.of(List.of(ModelFiles.read("two-trees.json")));

    assertThatThrownBy(() -> ensemble.margins(new float[2], new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row has 2 values and margins 1; the ensemble needs 3 and 1");
    assertThatThrownBy(() -> ensemble.margins(new float[3], new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_differentMembers_isRefused() {
    assertThatThrownBy(() -> TreeEnsemble.of(
            List.of(ModelFiles.read("two-trees.json"), ModelFiles.read("two-quantiles.json"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("member 1 has 3 features, 2 targets and objective reg:quantileerror");
    assertThatThrownBy(() -> TreeEnsemble.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
