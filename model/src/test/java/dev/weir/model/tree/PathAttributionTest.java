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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathAttributionTest {
  private static final int[] EACH_ITS_OWN = {0, 1, 2};

  /** Worked out by hand from the means in {@link ModelFiles}. */
  @ParameterizedTest
  @CsvSource({
    "1.5, 0.1, 0, 1.5, 1.36875, 0.3",
    "NaN, NaN, NaN, 0.375, 0.99375, -0.45",
    "0, 0.1, NaN, -0.75, -0.58125, 0",
    "-3, NaN, 9, -0.375, -0.20625, 0"
  })
  void score_twoTrees_addsTheChangesOfTheMeanOnTheWay(
      float x0, float x1, float x2, float margin, double first, double second) {
    PathAttribution attribution = of(EACH_ITS_OWN, 3, "two-trees.json");
    float[] margins = new float[1];
    double[] contributions = {7, 7, 7};

    attribution.score(new float[] {x0, x1, x2}, margins, contributions);

    assertThat(margins[0]).isEqualTo(margin);
    assertThat(contributions).containsExactly(new double[] {first, second, 0}, within(1e-7));
    assertThat(attribution.bias()).isCloseTo(-0.2 + 0.03125, within(1e-7));
  }

  @Test
  void score_featuresOfOneSource_areAddedUp() {
    PathAttribution attribution = of(new int[] {1, 1, 0}, 2, "two-trees.json");
    double[] contributions = new double[2];

    attribution.score(new float[] {1.5f, 0.1f, 0}, new float[1], contributions);

    assertThat(contributions).containsExactly(new double[] {0, 1.66875}, within(1e-7));
  }

  @Test
  void score_severalMembers_isTheirMean() {
    PathAttribution one = of(EACH_ITS_OWN, 3, "two-trees.json");
    PathAttribution two = of(EACH_ITS_OWN, 3, "two-trees.json", "two-trees.json");
    double[] ofOne = new double[3];
    double[] ofTwo = new double[3];

    one.score(new float[] {1.5f, 0.1f, 0}, new float[1], ofOne);
    two.score(new float[] {1.5f, 0.1f, 0}, new float[2], ofTwo);

    assertThat(ofTwo).containsExactly(ofOne, within(1e-15));
    assertThat(two.bias()).isCloseTo(one.bias(), within(1e-15));
  }

  @Property(tries = 300)
  void score_anyEnsemble_sumsToTheMeanMarginAndScoresAsTheEnsembleDoes(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 9) int depth, @ForAll boolean plain) {
    RandomModels random = new RandomModels(seed, 5, plain);
    TreeEnsemble ensemble =
        TreeEnsemble.of(List.of(random.model(6, depth, 1), random.model(3, 4, 1)));
    PathAttribution attribution = PathAttribution.of(ensemble, new int[] {0, 2, 2, 1, 0}, 3);
    float[] margins = new float[2];
    float[] plainMargins = new float[2];
    double[] contributions = new double[3];

    for (int i = 0; i < 20; i++) {
      float[] row = random.row();
      attribution.score(row, margins, contributions);
      ensemble.margins(row, plainMargins);

      assertThat(margins).containsExactly(plainMargins);
      assertThat(attribution.bias() + Arrays.stream(contributions).sum())
          .isCloseTo(((double) margins[0] + margins[1]) / 2, within(1e-5));
    }
  }

  @Test
  void score_parentSawNoWeight_countsBothChildrenAlike() {
    byte[] json = ModelFiles.with(
        "two-trees.json", "/learner/gradient_booster/model/trees/0/sum_hessian", "[0,0,0,0,0,0,0]");
    PathAttribution attribution =
        PathAttribution.of(TreeEnsemble.of(List.of(XgboostJson.read(json))), EACH_ITS_OWN, 3);

    assertThat(attribution.bias()).isCloseTo((-0.5 + (0.25 + 1) / 2) / 2 + 0.03125, within(1e-7));
  }

  @Test
  void of_severalTargets_isRefused() {
    assertThatThrownBy(() -> of(EACH_ITS_OWN, 3, "two-quantiles.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 targets");
  }

  @Test
  void of_sourceOutOfRange_isRefused() {
    assertThatThrownBy(() -> of(new int[] {0, 1, 2}, 2, "two-trees.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 2 has source 2, outside [0, 2)");
    assertThatThrownBy(() -> of(new int[] {0, 1, 0}, 70_000, "two-trees.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sourceCount 70000 is outside [1, 65528]");
    assertThatThrownBy(() -> of(new int[] {0, 1}, 2, "two-trees.json"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void score_arraysOfOtherLength_areRefused() {
    PathAttribution attribution = of(EACH_ITS_OWN, 3, "two-trees.json");

    assertThatThrownBy(() -> attribution.score(new float[3], new float[1], new double[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("contributions has 4 entries; there are 3 sources");
    assertThatThrownBy(() -> attribution.score(new float[4], new float[1], new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PathAttribution of(int[] sourceOfFeature, int sources, String... files) {
    TreeEnsemble ensemble =
        TreeEnsemble.of(Arrays.stream(files).map(ModelFiles::read).toList());
    return PathAttribution.of(ensemble, sourceOfFeature, sources);
  }
}
