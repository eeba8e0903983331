package dev.weir.gating;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** XGBoost model files of stumps, written by hand. */
final class TinyModels {
  private TinyModels() {}

  /** One split: rows below the cut, or without a value, get the left leaf. */
  record Stump(int target, int column, double cut, double left, double right) {}

  static byte[] file(String objective, int features, double[] baseScores, List<Stump> stumps) {
    String trees = IntStream.range(0, stumps.size())
        .mapToObj(i -> tree(i, features, stumps.get(i)))
        .collect(Collectors.joining(","));
    String targets =
        stumps.stream().map(s -> String.valueOf(s.target())).collect(Collectors.joining(","));
    String iterations = IntStream.rangeClosed(0, stumps.size() / baseScores.length)
        .mapToObj(i -> String.valueOf(i * baseScores.length))
        .collect(Collectors.joining(","));
    String json = String.format(
        Locale.ROOT,
        """
        {"learner":{"attributes":{},"feature_names":[],"feature_types":[],
        "gradient_booster":{"model":{
        "gbtree_model_param":{"num_parallel_tree":"1","num_trees":"%d"},
        "iteration_indptr":[%s],"tree_info":[%s],"trees":[%s]},"name":"gbtree"},
        "learner_model_param":{"base_score":"%s","boost_from_average":"1","num_class":"0",
        "num_feature":"%d","num_target":"%d"},
        "objective":{"name":"%s"}},"version":[3,1,0]}
        """,
        stumps.size(),
        iterations,
        targets,
        trees,
        Arrays.toString(baseScores).replace(" ", ""),
        features,
        baseScores.length,
        objective);
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static String tree(int id, int features, Stump stump) {
    return String.format(
        Locale.ROOT, """
        {"base_weights":[0.0,0.0,0.0],"categories":[],"categories_nodes":[],
        "categories_segments":[],"categories_sizes":[],"default_left":[1,0,0],"id":%d,
        "left_children":[1,-1,-1],"loss_changes":[0.0,0.0,0.0],"parents":[2147483647,0,0],
        "right_children":[2,-1,-1],"split_conditions":[%s,%s,%s],"split_indices":[%d,0,0],
        "split_type":[0,0,0],"sum_hessian":[40.0,30.0,10.0],
        "tree_param":{"num_deleted":"0","num_feature":"%d","num_nodes":"3","size_leaf_vector":"1"}}
        """, id, stump.cut(), stump.left(), stump.right(), stump.column(), features);
  }
}
