package dev.weir.model.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reader of LightGBM's text model files, versions v3 and v4, objective {@code binary}. Rows take the same leaves as in
 * LightGBM 4 for every float32 row; margins, which LightGBM sums in double, agree to float32 rounding (about 1e-6).
 */
public final class LightGbmText {
  /*
   * How LightGBM's splits become ours exactly, for values that are float32:
   * - value <= threshold in double is value < nextUp(largest float32 <= threshold). LightGBM's predictor takes values within
   *   1e-35 of 0 for 0, so a threshold among them moves to the end of that range.
   * - Missing type none: NaN counts as 0. Type nan: NaN goes the default way. Type zero: NaN and 0 do; where 0 goes there
   *   anyway, that is a plain split.
   * - Categories in the set go left there and right here, so the children change places; NaN and codes <= -1 go right there,
   *   and a code in (-1, 0) is cut to 0.
   * The margin is sigmoid * sum of leaves, so that it is a logit whatever the file's sigmoid parameter is; each leaf is
   * multiplied in double and rounded once. Shares come from row counts, as in LightGBM's own contributions.
   *
   * Nodes are numbered splits first, then leaves; LightGBM names leaf j as child -1 - j.
   */
  private static final int CATEGORICAL_BIT = 1;
  private static final int DEFAULT_LEFT_BIT = 2;
  private static final int MISSING_NONE = 0;
  private static final int MISSING_ZERO = 1;
  private static final int MISSING_NAN = 2;

  private final TextFields header;
  private final int features;
  private final double sigmoid;
  private long categoryWords;

  private LightGbmText(TextFields header) {
    this.header = header;
    features = 1 + header.integer("max_feature_idx", 0, ModelLimits.FEATURES_MAX - 1);
    sigmoid = sigmoid(header);
  }

  /**
   * The model in a LightGBM text file, with objective {@link Objective#BINARY_LOGISTIC} and base margin 0.
   *
   * @param text UTF-8 text of at most 128 MiB
   * @throws UnreadableModel if it is not such a file, is damaged, or cannot be scored as LightGBM would
   */
  public static TreeModel read(byte[] text) {
    if (text.length > ModelLimits.MODEL_BYTES_MAX) {
      throw new UnreadableModel(
          "file",
          text.length + " bytes long",
          "the limit is " + ModelLimits.MODEL_BYTES_MAX + " bytes");
    }
    List<TextFields> sections = sections(new String(text, StandardCharsets.UTF_8));
    return new LightGbmText(sections.get(0)).model(sections.subList(1, sections.size()));
  }

  /** The header's fields, then each tree's. */
  private static List<TextFields> sections(String text) {
    List<TextFields> sections = new ArrayList<>();
    Map<String, String> fields = new HashMap<>();
    sections.add(new TextFields("header", fields));
    String[] lines = text.split("\r?\n", -1);
    if (!lines[0].equals("tree")) {
      throw new UnreadableModel(
          "line 1", lines[0], "a LightGBM model begins with the line \"tree\"");
    }
    for (int i = 1; i < lines.length; i++) {
      String line = lines[i];
      if (line.equals("end of trees")) {
        return sections;
      }
      int equals = line.indexOf('=');
      if (line.startsWith("Tree=")) {
        fields = new HashMap<>();
        sections.add(new TextFields("Tree=" + (sections.size() - 1), fields));
        if (sections.size() - 1 > ModelLimits.TREES_MAX) {
          throw new UnreadableModel(
              "line " + (i + 1), line, "the limit is " + ModelLimits.TREES_MAX + " trees");
        }
      }
      String key = equals < 0 ? line : line.substring(0, equals);
      if (!line.isBlank() && fields.put(key, line.substring(equals + 1)) != null) {
        throw new UnreadableModel(
            "line " + (i + 1), line, "the same key stands twice in its section");
      }
    }
    throw new UnreadableModel("file", "cut off", "the line \"end of trees\" is missing");
  }

  private static double sigmoid(TextFields header) {
    String objective = header.text("objective");
    if (!objective.matches("binary sigmoid:[-+.0-9eE]+")) {
      throw new UnreadableModel(
          "header.objective", objective, "expected \"binary sigmoid:<number>\"");
    }
    String number = objective.substring(objective.indexOf(':') + 1);
    double sigmoid = TextFields.number("header.objective", number);
    if (!(sigmoid > 0)) {
      throw new UnreadableModel("header.objective", objective, "sigmoid must be positive");
    }
    return sigmoid;
  }

  private TreeModel model(List<TextFields> sections) {
    String version = header.text("version");
    if (!version.equals("v3") && !version.equals("v4")) {
      throw new UnreadableModel("header.version", version, "v3 and v4 are readable");
    }
    header.integer("num_class", 1, 1);
    header.integer("num_tree_per_iteration", 1, 1);
    if (header.has("average_output")) {
      throw new UnreadableModel(
          "header.average_output", "present", "random forests are not readable");
    }
    int sizes = header.words("tree_sizes").length;
    if (sizes != sections.size()) {
      throw new UnreadableModel(
          "header.tree_sizes", sizes + " long", "there are " + sections.size() + " trees");
    }
    String[] names = header.words("feature_names");
    if (names.length != features) {
      throw new UnreadableModel(
          "header.feature_names", names.length + " long", "expected " + features + " names");
    }
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      sections.get(i).integer("Tree", i, i);
      trees.add(tree(sections.get(i)));
    }
    return new TreeModel(
        Objective.BINARY_LOGISTIC,
        features,
        List.of(names),
        new float[1],
        trees,
        new int[trees.size()]);
  }

  private Tree tree(TextFields fields) {
    if (fields.has("is_linear") && fields.integer("is_linear", 0, 1) == 1) {
      throw new UnreadableModel(
          fields.path() + ".is_linear", 1, "trees with linear leaves are not readable");
    }
    int leaves = fields.integer("num_leaves", 1, (ModelLimits.TREE_NODES_MAX + 1) / 2);
    int splits = leaves - 1;
    int[] left = children(fields, "left_child", splits);
    int[] right = children(fields, "right_child", splits);
    int[] feature = Arrays.copyOf(fields.integers("split_feature", splits), splits + leaves);
    float[] coverage = new float[splits + leaves];
    double[] splitCounts = fields.numbers("internal_count", splits);
    double[] leafCounts = fields.numbers("leaf_count", leaves);
    float[] value = new float[splits + leaves];
    double[] leafValues = fields.numbers("leaf_value", leaves);
    for (int i = 0; i < splits; i++) {
      coverage[i] = (float) splitCounts[i];
    }
    for (int i = 0; i < leaves; i++) {
      value[splits + i] = (float) (sigmoid * leafValues[i]);
      coverage[splits + i] = (float) leafCounts[i];
    }
    TreeNodes nodes =
        new TreeNodes("count", left, right, feature, value, new boolean[splits + leaves], coverage);
    nodes.infiniteThresholds = true;
    readSplits(fields, nodes, splits);
    return Tree.of(nodes, features, fields.path());
  }

  /** Children in our numbering, with -1 for those of the leaves. */
  private static int[] children(TextFields fields, String name, int splits) {
    int[] children = Arrays.copyOf(fields.integers(name, splits), 2 * splits + 1);
    for (int i = 0; i < splits; i++) {
      // A number too small for a leaf wraps around or stays out of range, and is refused with the
      // tree.
      children[i] = children[i] < 0 ? splits - 1 - children[i] : children[i];
      if (children[i] < 0) {
        throw new UnreadableModel(
            fields.path() + "." + name + "[" + i + "]", children[i], "no such child");
      }
    }
    Arrays.fill(children, splits, children.length, -1);
    return children;
  }

  private void readSplits(TextFields fields, TreeNodes nodes, int splits) {
    int[] decisions = fields.integers("decision_type", splits);
    double[] thresholds = fields.numbers("threshold", splits);
    for (int i = 0; i < splits; i++) {
      int missing = decisions[i] >> 2;
      if (missing < MISSING_NONE || missing > MISSING_NAN) {
        throw new UnreadableModel(
            fields.path() + ".decision_type[" + i + "]", decisions[i], "outside [0, 11]");
      }
      if ((decisions[i] & CATEGORICAL_BIT) != 0) {
        readCategories(fields, nodes, i, thresholds[i]);
      } else {
        readThreshold(nodes, i, thresholds[i], missing, (decisions[i] & DEFAULT_LEFT_BIT) != 0);
      }
    }
  }

  private static void readThreshold(
      TreeNodes nodes, int node, double threshold, int missing, boolean defaultLeft) {
    float below = (float) threshold;
    float exclusive = Math.nextUp(below > threshold ? Math.nextDown(below) : below);
    boolean zeroLeft = 0 <= threshold;
    nodes.value[node] = zeroLeft
        ? Math.max(exclusive, Math.nextUp(Tree.ZERO_MAX))
        : Math.min(exclusive, -Tree.ZERO_MAX);
    nodes.missingLeft[node] = missing == MISSING_NONE ? zeroLeft : defaultLeft;
    if (missing == MISSING_ZERO && zeroLeft != defaultLeft) {
      nodes.kind[node] = Tree.ZERO_IS_MISSING;
    }
  }

  private void readCategories(TextFields fields, TreeNodes nodes, int node, double index) {
    int count = fields.integer("num_cat", 1, nodes.count());
    int[] bounds = fields.integers("cat_boundaries", count + 1);
    double[] halfWords = fields.numbers("cat_threshold", fields.words("cat_threshold").length);
    int set = (int) index;
    if (set != index
        || set < 0
        || set >= count
        || bounds[set] < 0
        || bounds[set] > bounds[set + 1]
        || bounds[set + 1] > halfWords.length) {
      throw new UnreadableModel(
          fields.path() + ".threshold[" + node + "]", index, "there is no such set of categories");
    }
    long[] categories = new long[(bounds[set + 1] - bounds[set] + 1) / 2];
    for (int i = bounds[set]; i < bounds[set + 1]; i++) {
      long bits = (long) halfWords[i];
      if (bits != halfWords[i] || bits < 0 || bits > 0xffffffffL) {
        throw new UnreadableModel(
            fields.path() + ".cat_threshold[" + i + "]", halfWords[i], "expected 32 bits");
      }
      int at = i - bounds[set];
      categories[at / 2] |= bits << (32 * (at % 2));
    }
    categoryWords += categories.length;
    if (categoryWords > ModelLimits.CATEGORY_WORDS_MAX) {
      throw new UnreadableModel(
          fields.path() + ".cat_threshold",
          "too long",
          "all sets of the model need more than " + ModelLimits.CATEGORY_WORDS_MAX * 64L + " bits");
    }
    int inSet = nodes.left[node];
    nodes.left[node] = nodes.right[node];
    nodes.right[node] = inSet;
    nodes.kind[node] = Tree.CATEGORY;
    nodes.categories[node] = categories;
    nodes.missingLeft[node] = true;
    nodes.value[node] = -1;
  }
}
