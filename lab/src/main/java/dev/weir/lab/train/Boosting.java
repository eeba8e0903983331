package dev.weir.lab.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trains tree models with XGBoost, one thread each, so that a seed gives the same bytes. */
final class Boosting {
  private Boosting() {}

  /**
   * What a model is trained on.
   *
   * @param rows one float row per example, NaN = missing
   * @param targets one per row
   * @param weights one per row, positive
   */
  record Examples(List<float[]> rows, float[] targets, float[] weights) {
    Examples {
      rows = List.copyOf(rows);
    }
  }

  /** The model file, as XGBoost writes it in JSON. */
  static byte[] train(Examples examples, Map<String, Object> parameters, int rounds) {
    Map<String, Object> all = new LinkedHashMap<>(parameters);
    all.put("nthread", 1);
    all.put("tree_method", "hist");
    all.put("verbosity", 0);
    try {
      DMatrix matrix = matrix(examples);
      Booster booster = XGBoost.train(matrix, all, rounds, Map.of(), null, null);
      byte[] json = booster.toByteArray("json");
      booster.dispose();
      matrix.dispose();
      return json;
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not train: " + e.getMessage(), e);
    } catch (NoClassDefFoundError | ExceptionInInitializerError e) {
      throw new IllegalStateException(
          "XGBoost's native library does not load; on Linux it needs libgomp: apt-get install"
              + " libgomp1",
          e);
    }
  }

  private static DMatrix matrix(Examples examples) throws XGBoostError {
    int columns = examples.rows().get(0).length;
    float[] flat = new float[examples.rows().size() * columns];
    for (int i = 0; i < examples.rows().size(); i++) {
      System.arraycopy(examples.rows().get(i), 0, flat, i * columns, columns);
    }
    DMatrix matrix = new DMatrix(flat, examples.rows().size(), columns, Float.NaN);
    matrix.setLabel(examples.targets());
    matrix.setWeight(examples.weights());
    return matrix;
  }
}
