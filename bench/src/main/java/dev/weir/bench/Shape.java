package dev.weir.bench;

import dev.weir.model.score.MainModel;
import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.XgboostJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * An ensemble's size, written {@code MEMBERSxTREESxDEPTH}. Lab chooses it by what the data bear; a
 * measurement needs one that stays.
 */
record Shape(int members, int trees, int depth) {
  static Shape parse(String text) {
    String[] parts = text.split("x", -1);
    return new Shape(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  /** Members of this shape, each trained on another draw of most of the rows. */
  MainModel.Native train(float[][] rows, boolean[] labels, long seed) {
    List<byte[]> files = new ArrayList<>();
    try {
      DMatrix matrix = matrix(rows, labels);
      for (int member = 0; member < members; member++) {
        Booster booster =
            XGBoost.train(matrix, parameters(seed + member), trees, Map.of(), null, null);
        files.add(booster.toByteArray("json"));
        booster.dispose();
      }
      matrix.dispose();
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
    return new MainModel.Native(
        TreeEnsemble.of(files.stream().map(XgboostJson::read).toList()), files);
  }

  private Map<String, Object> parameters(long seed) {
    return Map.of(
        "objective",
        "binary:logistic",
        "tree_method",
        "hist",
        "max_depth",
        depth,
        "eta",
        0.08,
        "subsample",
        0.8,
        "seed",
        (int) (seed & 0x7fffffff),
        "nthread",
        1,
        "verbosity",
        0);
  }

  private static DMatrix matrix(float[][] rows, boolean[] labels) throws XGBoostError {
    int columns = rows[0].length;
    float[] values = new float[rows.length * columns];
    float[] targets = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * columns, columns);
      targets[i] = labels[i] ? 1 : 0;
    }
    DMatrix matrix = new DMatrix(values, rows.length, columns, Float.NaN);
    matrix.setLabel(targets);
    return matrix;
  }
}
