package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * One trained model as its file says: an objective, a base margin per target, and trees that each add to one target's
 * margin. Immutable. It is read by {@link XgboostJson}; to score with it, put it into a {@link TreeEnsemble}.
 */
public final class TreeModel {
  private final Objective objective;
  private final int featureCount;
  private final List<String> featureNames;
  private final float[] baseMargins;
  private final List<Tree> trees;
  private final int[] targets;

  /**
   * A model.
   *
   * @param featureNames {@code featureCount} names, or none
   * @param baseMargins one finite margin per target
   * @param targets the target of each tree
   * @throws UnreadableModel if a margin could overflow float32
   */
  TreeModel(
      Objective objective,
      int featureCount,
      List<String> featureNames,
      float[] baseMargins,
      List<Tree> trees,
      int[] targets) {
    this.objective = objective;
    this.featureCount = featureCount;
    this.featureNames = List.copyOf(featureNames);
    this.baseMargins = baseMargins.clone();
    this.trees = List.copyOf(trees);
    this.targets = targets.clone();
    for (int target = 0; target < baseMargins.length; target++) {
      checkMargin(target);
    }
  }

  private void checkMargin(int target) {
    double largest = Math.abs(baseMargins[target]);
    for (int i = 0; i < targets.length; i++) {
      largest += targets[i] == target ? trees.get(i).leafMagnitudeMax() : 0;
    }
    if (!(largest < Float.MAX_VALUE / 2)) {
      throw new UnreadableModel(
          "the largest margin of target " + target,
          largest,
          "float32 holds less than " + Float.MAX_VALUE / 2);
    }
  }

  /** What the model predicts. */
  public Objective objective() {
    return objective;
  }

  /** How many features a row has, ≥ 1. */
  public int featureCount() {
    return featureCount;
  }

  /** The names of the features in row order, or an empty list if the file has none. */
  public List<String> featureNames() {
    return featureNames;
  }

  /** How many margins a row gets, ≥ 1: the quantile levels of a quantile model, otherwise 1. */
  public int targetCount() {
    return baseMargins.length;
  }

  /** How many trees there are for all targets together, ≥ 0. */
  public int treeCount() {
    return trees.size();
  }

  /**
   * The margin of a target before any tree, in the objective's unit (logits for the binary ones).
   *
   * @param target in [0, {@link #targetCount})
   */
  public float baseMargin(int target) {
    return baseMargins[target];
  }

  /**
   * The part of this model that predicts one target, as a model with that single target.
   *
   * @param target in [0, {@link #targetCount})
   */
  public TreeModel onlyTarget(int target) {
    List<Tree> own = new ArrayList<>();
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] == target) {
        own.add(trees.get(i));
      }
    }
    float[] baseMargin = {baseMargins[target]};
    return new TreeModel(
        objective, featureCount, featureNames, baseMargin, own, new int[own.size()]);
  }

  List<Tree> trees() {
    return trees;
  }

  int targetOfTree(int tree) {
    return targets[tree];
  }
}
