package dev.weir.model.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TreeShapTest {
  /**
   * Tree 0 of two-trees.json for a row that goes right twice: v() = -0.2, v(x0) = 0.7, v(x1) = (-0.5·30 + 1·10)/40 = -0.125,
   * v(x0, x1) = 1. Tree 1 knows x0 only: 0.5 - 0.03125.
   */
  @Test
  void contributions_twoTrees_averageOverTheOrdersOfTheFeatures() {
    double[] contributions =
        TreeShap.contributions(ModelFiles.read("two-trees.json"), 0, new float[] {1.5f, 0.1f, 0});

    double first = ((0.7 + 0.2) + (1 + 0.125)) / 2 + 0.46875;
    double second = ((-0.125 + 0.2) + (1 - 0.7)) / 2;
    assertThat(contributions)
        .containsExactly(new double[] {first, second, 0, -0.16875}, within(1e-7));
  }

  @Property(tries = 200)
  void contributions_anyModel_equalTheDefinitionOfShapley(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 8) int depth, @ForAll boolean plain) {
    RandomModels random = new RandomModels(seed, 5, plain);
    TreeModel model = random.model(2, depth, 2);
    Tree tree = model.trees().get(1);
    float[] row = random.row();

    double[] contributions = TreeShap.contributions(model, 1, row);

    for (int feature = 0; feature < 5; feature++) {
      assertThat(contributions[feature]).isCloseTo(byDefinition(tree, row, feature), within(1e-9));
    }
    assertThat(Arrays.stream(contributions).sum())
        .isCloseTo((double) model.baseMargin(1) + tree.leafValue(tree.leaf(row)), within(1e-9));
  }

  private static double byDefinition(Tree tree, float[] row, int feature) {
    int[] factorial = {1, 1, 2, 6, 24, 120};
    double sum = 0;
    for (int set = 0; set < 32; set++) {
      if ((set & 1 << feature) == 0) {
        int size = Integer.bitCount(set);
        double weight = (double) factorial[size] * factorial[4 - size] / factorial[5];
        sum += weight * (expected(tree, 0, row, set | 1 << feature) - expected(tree, 0, row, set));
      }
    }
    return sum;
  }

  private static double expected(Tree tree, int node, float[] row, int set) {
    if (tree.isLeaf(node)) {
      return tree.leafValue(node);
    }
    if ((set & 1 << tree.feature(node)) != 0) {
      return expected(tree, tree.child(node, row), row, set);
    }
    return tree.share(tree.left(node), node) * expected(tree, tree.left(node), row, set)
        + tree.share(tree.right(node), node) * expected(tree, tree.right(node), row, set);
  }

  @Test
  void meanContributions_severalMembers_sumToTheMeanMargin() {
    RandomModels random = new RandomModels(1, 5, true);
    TreeEnsemble ensemble = TreeEnsemble.of(List.of(random.model(9, 4, 1), random.model(9, 4, 1)));
    float[] row = random.row();
    float[] margins = new float[2];

    ensemble.margins(row, margins);

    assertThat(Arrays.stream(TreeShap.meanContributions(ensemble, 0, row)).sum())
        .isCloseTo(((double) margins[0] + margins[1]) / 2, within(1e-5));
  }

  @Test
  void contributions_targetOutOfRange_isRefused() {
    TreeModel model = ModelFiles.read("two-trees.json");

    assertThatThrownBy(() -> TreeShap.contributions(model, 1, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row of 3 values and target 1; the model has 3 features and 1 targets");
  }
}
