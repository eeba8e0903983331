package dev.weir.lab.train;

import dev.weir.model.numeric.Quantiles;
import dev.weir.model.numeric.Split;
import dev.weir.model.reference.Coding;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.Surprise;
import dev.weir.model.reference.SurpriseTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The trees that predict each value from the others, once of all rows and once for each split, so
 * that what is ordinary is learnt from rows that the trees did not see. Where the rows of some split are no better
 * predicted than by the shares of the codes, trees ask nothing.
 *
 * @param all of all rows, with the quantiles of the rows that some split judges
 * @param bySplit those of each split's fitted rows that ask something: what a tree without questions says of a batch, its
 *     shares say too, and where these are nearly equal, chance decides how far apart the surprises lie. Their quantiles are
 *     of no use
 */
record SurpriseFit(Surprise all, List<Surprise> bySplit) {
  /**
   * @param codes by row, then by attribute
   * @param groupOfRow from 0
   * @param splits what is fitted to which rows, and judged on which others
   */
  static SurpriseFit of(Coding coding, int[][] codes, int[] groupOfRow, List<Split> splits) {
    int[] everything = IntStream.range(0, codes.length).toArray();
    List<int[]> fitted = new ArrayList<>(List.of(everything));
    splits.forEach(split -> fitted.add(split.fitted()));
    List<List<Optional<SurpriseTree>>> grown = new ArrayList<>();
    List<List<Optional<SurpriseTree>>> roots = new ArrayList<>();
    for (int[] rows : fitted) {
      grown.add(trees(coding, t -> SurpriseGrowth.grow(coding, codes, groupOfRow, rows, t)));
      roots.add(trees(coding, t -> SurpriseGrowth.root(coding, codes, groupOfRow, rows, t)));
    }
    List<Surprise> byGrown = bySplit(coding, grown);
    List<Surprise> byRoots = bySplit(coding, roots);
    List<List<Optional<SurpriseTree>>> asking =
        grown.stream().<List<Optional<SurpriseTree>>>map(ArrayList::new).toList();
    for (int a = 0; a < coding.attributes(); a++) {
      boolean asks =
          grown.get(0).get(a).map(tree -> tree.attribute().length > 1).orElse(false)
              && predictsInEverySplit(a, byGrown, byRoots, codes, splits);
      for (int i = 0; i < grown.size() && !asks; i++) {
        grown.get(i).set(a, roots.get(i).get(a));
        asking.get(i).set(a, Optional.empty());
      }
    }
    return new SurpriseFit(
        new Surprise(
            coding, grown.get(0), quantiles(grown.get(0), bySplit(coding, grown), codes, splits)),
        bySplit(coding, asking));
  }

  private static List<Optional<SurpriseTree>> trees(Coding coding, IntFunction<SurpriseTree> of) {
    List<Optional<SurpriseTree>> trees = new ArrayList<>();
    for (int target = 0; target < coding.attributes(); target++) {
      trees.add(coding.codes(target) < 2 ? Optional.empty() : Optional.of(of.apply(target)));
    }
    return trees;
  }

  private static List<Surprise> bySplit(Coding coding, List<List<Optional<SurpriseTree>>> trees) {
    return trees.subList(1, trees.size()).stream()
        .map(one -> new Surprise(coding, one, empty(one)))
        .toList();
  }

  private static boolean predictsInEverySplit(
      int attribute,
      List<Surprise> grown,
      List<Surprise> roots,
      int[][] codes,
      List<Split> splits) {
    return !splits.isEmpty()
        && IntStream.range(0, splits.size()).allMatch(split -> {
          int[] judged = splits.get(split).judged();
          return of(attribute, grown.get(split), codes, judged).sum()
              < of(attribute, roots.get(split), codes, judged).sum();
        });
  }

  private static DoubleStream of(int attribute, Surprise surprise, int[][] codes, int[] rows) {
    return IntStream.of(rows)
        .mapToDouble(row -> surprise.of(attribute, codes[row]))
        .filter(one -> !Double.isNaN(one));
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
        .flatMapToDouble(
            split -> of(attribute, bySplit.get(split), codes, splits.get(split).judged()))
        .sorted()
        .toArray();
  }
}
