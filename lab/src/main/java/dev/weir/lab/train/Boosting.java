package dev.weir.lab.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trains tree models with XGBoost, one thread each, so that a seed gives the same bytes. */
final class Boosting {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HELD = "held";

  private Boosting() {}

  /**
   * What a model is trained on.
   *
   * @param rows positions in the matrix
   * @param targets one for each of {@code rows}
   * @param weights one for each of {@code rows}, positive
   * @param start one margin for each of {@code rows} to boost on from; empty to start from the targets' mean
   */
  record Examples(
      FeatureMatrix matrix, int[] rows, float[] targets, float[] weights, float[] start) {
    Examples(FeatureMatrix matrix, int[] rows, float[] targets, float[] weights) {
      this(matrix, rows, targets, weights, new float[0]);
    }
  }

  /**
   * A trained model.
   *
   * @param file as XGBoost writes it in JSON
   * @param rounds of boosting that it has
   */
  record Model(byte[] file, int rounds) {}

  /** A model of so many rounds. */
  static Model train(Examples examples, Map<String, Object> parameters, int rounds) {
    try {
      DMatrix matrix = matrix(examples);
      Booster booster =
          XGBoost.train(matrix, all(examples, parameters), rounds, Map.of(), null, null);
      byte[] json = booster.toByteArray("json");
      booster.dispose();
      matrix.dispose();
      return new Model(json, rounds);
    } catch (XGBoostError e) {
      throw failed(e);
    } catch (NoClassDefFoundError | ExceptionInInitializerError e) {
      throw noLibrary(e);
    }
  }

  /**
   * A model that stops early: boosting goes on until the loss on held-out examples has not fallen for {@code patience}
   * rounds, and the rounds after the lowest are cut off.
   */
  static Model train(
      Examples examples, Examples held, Map<String, Object> parameters, Stopping stopping) {
    try {
      DMatrix matrix = matrix(examples);
      DMatrix heldMatrix = matrix(held);
      Booster booster = XGBoost.train(matrix, all(examples, parameters), 0, Map.of(), null, null);
      int best = 0;
      double lowest = Double.POSITIVE_INFINITY;
      for (int round = 1;
          round <= stopping.roundsMax() && round <= best + stopping.patience();
          round++) {
        booster.update(matrix, round - 1);
        double loss = loss(booster, heldMatrix, round);
        if (loss < lowest) {
          lowest = loss;
          best = round;
        }
      }
      byte[] json = booster.toByteArray("json");
      booster.dispose();
      heldMatrix.dispose();
      matrix.dispose();
      return new Model(cut(json, best), best);
    } catch (XGBoostError e) {
      throw failed(e);
    } catch (NoClassDefFoundError | ExceptionInInitializerError e) {
      throw noLibrary(e);
    }
  }

  /**
   * When boosting ends.
   *
   * @param roundsMax at the latest after so many
   * @param patience rounds without a lower loss
   */
  record Stopping(int roundsMax, int patience) {}

  /** XGBoost reports {@code [round]\theld-logloss:0.43}. */
  private static double loss(Booster booster, DMatrix held, int round) throws XGBoostError {
    String report = booster.evalSet(new DMatrix[] {held}, new String[] {HELD}, round);
    return Double.parseDouble(report.substring(report.lastIndexOf(':') + 1).strip());
  }

  /** The model file with the first rounds only; a round is one tree. */
  private static byte[] cut(byte[] file, int rounds) {
    try {
      JsonNode json = JSON.readTree(file);
      JsonNode model = json.path("learner").path("gradient_booster").path("model");
      cut(model.path("trees"), rounds);
      cut(model.path("tree_info"), rounds);
      cut(model.path("iteration_indptr"), rounds + 1);
      ((ObjectNode) model.path("gbtree_model_param")).put("num_trees", String.valueOf(rounds));
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("XGBoost wrote a model that is not JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void cut(JsonNode array, int size) {
    while (array.size() > size) {
      ((ArrayNode) array).remove(array.size() - 1);
    }
  }

  private static Map<String, Object> all(Examples examples, Map<String, Object> parameters) {
    Map<String, Object> all = new LinkedHashMap<>(parameters);
    if (examples.start().length > 0) {
      // The model is what it adds to the start, without an intercept: logit .5 is 0.
      all.put("base_score", 0.5);
    }
    all.put("nthread", 1);
    all.put("tree_method", "hist");
    all.put("verbosity", 0);
    return all;
  }

  private static DMatrix matrix(Examples examples) throws XGBoostError {
    DMatrix matrix = new DMatrix(
        examples.matrix().rows(examples.rows()),
        examples.rows().length,
        examples.matrix().columns(),
        Float.NaN);
    matrix.setFeatureTypes(types(examples.matrix()));
    matrix.setLabel(examples.targets());
    matrix.setWeight(examples.weights());
    if (examples.start().length > 0) {
      matrix.setBaseMargin(examples.start());
    }
    return matrix;
  }

  /* c: a category, split by sets; q: a quantity, split by thresholds. */
  private static String[] types(FeatureMatrix matrix) {
    String[] types = new String[matrix.columns()];
    for (int column = 0; column < types.length; column++) {
      types[column] = matrix.isNominal(column) ? "c" : "q";
    }
    return types;
  }

  private static IllegalStateException failed(XGBoostError e) {
    String said = String.valueOf(e.getMessage())
        .lines()
        .takeWhile(line -> !line.startsWith("Stack trace"))
        .collect(Collectors.joining(" "));
    return new IllegalStateException("XGBoost could not train: " + said.strip(), e);
  }

  private static IllegalStateException noLibrary(Error e) {
    return new IllegalStateException(
        "XGBoost's native library does not load; on Linux it needs libgomp: apt-get install"
            + " libgomp1",
        e);
  }
}
