package dev.weir.model.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The reader of XGBoost's JSON model files, versions 1 to 3.4. All trees are used, also those after a recorded best
 * iteration, as in XGBoost's own {@code predict} without a range.
 */
public final class XgboostJson {
  /*
   * What the format does not say aloud:
   * - base_score is a string, for binary:logistic of a probability: one number up to 3.0, from 3.1 on a bracketed list of
   *   one number, or of one per target. A single number holds for every target.
   * - numbers among the parameters are strings; default_left is 0/1, or a boolean in old files.
   * - the value of a leaf stands in split_conditions; base_weights is the value before shrinkage.
   * - pruned trees keep nodes nobody points to, with feature 2147483647; only reachable nodes are checked and used.
   * - categories: node categories_nodes[i] splits on the codes categories[segments[i] .. + sizes[i]], which go right; codes
   *   that are negative, too large or not in the set go left.
   */
  private static final int CATEGORICAL = 1;

  private final int features;
  private long categoryWords;

  private XgboostJson(int features) {
    this.features = features;
  }

  /* The last round, from 0, that XGBoost's scikit-learn classes use of a model that has trees after it. */
  static OptionalInt bestIteration(byte[] json) {
    JsonValue learner = JsonValue.parse(json).field("learner");
    Optional<JsonValue> recorded =
        learner.optional("attributes").flatMap(attributes -> attributes.optional("best_iteration"));
    if (recorded.isEmpty()) {
      return OptionalInt.empty();
    }
    int best = recorded.get().integer(0, Integer.MAX_VALUE);
    int trees = learner
        .field("gradient_booster")
        .field("model")
        .field("gbtree_model_param")
        .field("num_trees")
        .integer(0, Integer.MAX_VALUE);
    return best + 1 < trees ? OptionalInt.of(best) : OptionalInt.empty();
  }

  /**
   * The model in an XGBoost JSON file.
   *
   * @param json UTF-8 text of at most 128 MiB
   * @throws UnreadableModel if it is not such a file, is damaged, or cannot be scored exactly as XGBoost would
   */
  public static TreeModel read(byte[] json) {
    JsonValue root = JsonValue.parse(json);
    root.field("version").at(0).integer(1, 3);
    JsonValue learner = root.field("learner");
    JsonValue objectiveName = learner.field("objective").field("name");
    Objective objective = Objective.labelled(objectiveName.text())
        .orElseThrow(
            () -> objectiveName.refuse("the readable objectives are " + readableObjectives()));
    JsonValue parameters = learner.field("learner_model_param");
    int features = parameters.field("num_feature").integer(1, ModelLimits.FEATURES_MAX);
    int targets = parameters
        .optional("num_target")
        .map(value -> value.integer(1, ModelLimits.TARGETS_MAX))
        .orElse(1);
    parameters.optional("num_class").ifPresent(value -> value.integer(0, 1));
    float[] baseMargins = baseMargins(parameters.field("base_score"), objective, targets);
    List<String> names = featureNames(learner, features);
    JsonValue booster = learner.field("gradient_booster");
    JsonValue boosterName = booster.field("name");
    if (!boosterName.text().equals("gbtree")) {
      throw boosterName.refuse("only \"gbtree\" is readable");
    }
    JsonValue model = booster.field("model");
    JsonValue trees = model.field("trees");
    int count = trees.length(ModelLimits.TREES_MAX);
    JsonValue declared = model.field("gbtree_model_param").field("num_trees");
    if (declared.integer(0, Integer.MAX_VALUE) != count) {
      throw declared.refuse("there are " + count + " trees; the file may be cut off");
    }
    int[] targetOfTree = model.field("tree_info").integers(count, 0, targets - 1);
    XgboostJson reader = new XgboostJson(features);
    List<Tree> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      read.add(reader.tree(trees.at(i)));
    }
    return new TreeModel(objective, features, names, baseMargins, read, targetOfTree);
  }

  private static String readableObjectives() {
    return Arrays.stream(Objective.values())
        .map(Objective::label)
        .collect(Collectors.joining(", "));
  }

  private static float[] baseMargins(JsonValue baseScore, Objective objective, int targets) {
    String text = baseScore.text();
    boolean list = text.length() >= 2 && text.startsWith("[") && text.endsWith("]");
    String[] parts =
        list ? text.substring(1, text.length() - 1).split(",", -1) : new String[] {text};
    if (parts.length != 1 && parts.length != targets) {
      throw baseScore.refuse("expected one number, or one for each of the " + targets + " targets");
    }
    float[] margins = new float[targets];
    for (int target = 0; target < targets; target++) {
      margins[target] =
          baseMargin(baseScore, parts[parts.length == 1 ? 0 : target].strip(), objective);
    }
    return margins;
  }

  private static float baseMargin(JsonValue baseScore, String number, Objective objective) {
    // Float.parseFloat would also take "0x1p3", "1f" and " 1".
    if (!number.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?")) {
      throw baseScore.refuse("expected a number, or a bracketed list of numbers");
    }
    try {
      float score = baseScore.finite(Float.parseFloat(number));
      if (objective.hasProbabilityBase() && !(score > 0 && score < 1)) {
        throw baseScore.refuse(
            "a probability strictly between 0 and 1 is needed for " + objective.label());
      }
      return baseScore.finite(objective.baseMargin(score));
    } catch (NumberFormatException e) {
      throw baseScore.refuse("expected a number");
    }
  }

  private static List<String> featureNames(JsonValue learner, int features) {
    List<String> names = new ArrayList<>();
    learner.optional("feature_names").ifPresent(list -> {
      int count = list.length(ModelLimits.FEATURES_MAX);
      if (count != 0) {
        list.checkLength(features);
      }
      for (int i = 0; i < count; i++) {
        names.add(list.at(i).text());
      }
    });
    return names;
  }

  private Tree tree(JsonValue tree) {
    JsonValue parameters = tree.field("tree_param");
    int count = parameters.field("num_nodes").integer(1, ModelLimits.TREE_NODES_MAX);
    parameters.optional("size_leaf_vector").ifPresent(size -> {
      if (size.integer(0, Integer.MAX_VALUE) > 1) {
        throw size.refuse("trees with a vector in each leaf are not readable");
      }
    });
    TreeNodes nodes = new TreeNodes(
        "sum_hessian",
        tree.field("left_children").integers(count, Integer.MIN_VALUE, Integer.MAX_VALUE),
        tree.field("right_children").integers(count, Integer.MIN_VALUE, Integer.MAX_VALUE),
        tree.field("split_indices").integers(count, Integer.MIN_VALUE, Integer.MAX_VALUE),
        tree.field("split_conditions").numbers(count),
        tree.field("default_left").flags(count),
        tree.field("sum_hessian").numbers(count));
    if (tree.optional("split_type").isPresent()) {
      readCategories(tree, nodes);
    }
    return Tree.of(nodes, features, tree.path());
  }

  private void readCategories(JsonValue tree, TreeNodes nodes) {
    int[] types = tree.field("split_type").integers(nodes.count(), 0, CATEGORICAL);
    JsonValue splits = tree.field("categories_nodes");
    JsonValue codes = tree.field("categories");
    int splitCount = splits.length(nodes.count());
    int codeCount = codes.length(ModelLimits.MODEL_BYTES_MAX);
    int[] splitNodes = splits.integers(splitCount, 0, nodes.count() - 1);
    int[] segments = tree.field("categories_segments").integers(splitCount, 0, codeCount);
    int[] sizes = tree.field("categories_sizes").integers(splitCount, 0, codeCount);
    int[] allCodes = codes.integers(codeCount, 0, ModelLimits.CATEGORY_CODES_MAX - 1);
    for (int i = 0; i < splitCount; i++) {
      int node = splitNodes[i];
      if (types[node] != CATEGORICAL
          || nodes.kind[node] == Tree.CATEGORY
          || segments[i] + sizes[i] > codeCount) {
        throw splits
            .at(i)
            .refuse(
                "the node is not categorical, is named twice, or its codes end beyond the last");
      }
      nodes.kind[node] = Tree.CATEGORY;
      nodes.categories[node] =
          Categories.of(Arrays.copyOfRange(allCodes, segments[i], segments[i] + sizes[i]));
      categoryWords += nodes.categories[node].length;
      if (categoryWords > ModelLimits.CATEGORY_WORDS_MAX) {
        throw splits
            .at(i)
            .refuse("the model's sets of codes need more than "
                + ModelLimits.CATEGORY_WORDS_MAX * 64L + " bits; number the codes from 0");
      }
      // Codes start at 0; anything below goes left with the codes that are not in the set.
      nodes.value[node] = -Float.MIN_VALUE;
    }
    for (int node = 0; node < nodes.count(); node++) {
      if (types[node] == CATEGORICAL && nodes.kind[node] != Tree.CATEGORY) {
        throw tree.field("split_type")
            .at(node)
            .refuse("the categorical node has no entry in categories_nodes");
      }
    }
  }
}
