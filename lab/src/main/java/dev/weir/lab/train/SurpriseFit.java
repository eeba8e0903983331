package dev.weir.lab.train;

import dev.weir.model.numeric.Quantiles;
import dev.weir.model.numeric.Split;
import dev.weir.model.reference.Coding;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.Surprise;
import dev.weir.model.reference.SurpriseTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The trees that predict each value from the others, once of all rows and once for each split, so
 * that what is ordinary is learnt from rows that the trees did not see.
 *
 * @param all of all rows, with the quantiles of the rows that some split judges
 * @param bySplit those of each split's fitted rows; their quantiles are of no use
 */
record SurpriseFit(Surprise all, List<Surprise> bySplit) {
  /**
   * @param codes by row, then by attribute
   * @param splits what is fitted to which rows, and judged on which others
   */
  static SurpriseFit of(Coding coding, int[][] codes, List<Split> splits) {
    int[] everything = IntStream.range(0, codes.length).toArray();
    List<List<Optional<SurpriseTree>>> trees = new ArrayList<>();
    trees.add(trees(coding, codes, everything));
    splits.forEach(split -> trees.add(trees(coding, codes, split.fitted())));
    List<Surprise> bySplit = trees.subList(1, trees.size()).stream()
        .map(one -> new Surprise(coding, one, empty(one)))
        .toList();
    return new SurpriseFit(
        new Surprise(coding, trees.get(0), quantiles(trees.get(0), bySplit, codes, splits)),
        bySplit);
  }

  private static List<Optional<SurpriseTree>> trees(Coding coding, int[][] codes, int[] rows) {
    return IntStream.range(0, coding.attributes())
        .mapToObj(target -> coding.codes(target) < 2
            ? Optional.<SurpriseTree>empty()
            : Optional.of(SurpriseGrowth.grow(coding, codes, rows, target)))
        .toList();
  }

  private static double[][] empty(List<Optional<SurpriseTree>> trees) {
    return trees.stream()
        .map(tree -> new double[tree.isPresent() ? Marks.STEPS - Surprise.FIRST_STEP + 1 : 0])
        .toArray(double[][]::new);
  }

  private static double[][] quantiles(
      List<Optional<SurpriseTree>> trees,
      List<Surprise> bySplit,
      int[][] codes,
      List<Split> splits) {
    double[][] quantiles = empty(trees);
    for (int a = 0; a < quantiles.length; a++) {
      if (quantiles[a].length > 0) {
        double[] ascending = ascending(a, bySplit, codes, splits);
        for (int i = 0; i < quantiles[a].length; i++) {
          quantiles[a][i] = ascending.length == 0
              ? 0
              : Quantiles.type7(ascending, (Surprise.FIRST_STEP + i) / (double) Marks.STEPS);
        }
      }
    }
    return quantiles;
  }

  private static double[] ascending(
      int attribute, List<Surprise> bySplit, int[][] codes, List<Split> splits) {
    return IntStream.range(0, splits.size())
        .boxed()
        .flatMapToDouble(split -> Arrays.stream(splits.get(split).judged())
            .mapToDouble(row -> bySplit.get(split).of(attribute, codes[row])))
        .filter(surprise -> !Double.isNaN(surprise))
        .sorted()
        .toArray();
  }
}
