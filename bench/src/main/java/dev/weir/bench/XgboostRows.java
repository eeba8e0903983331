package dev.weir.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** XGBoost4J on one thread, asked for one row at a time, as a service that scores requests asks it. */
final class XgboostRows implements RowScorer {
  private final List<Booster> boosters;
  private final boolean inPlace;

  /** @param inPlace whether the row is passed as an array, not as a matrix made for it */
  XgboostRows(List<byte[]> files, boolean inPlace) {
    this.inPlace = inPlace;
    this.boosters = new ArrayList<>();
    try {
      for (byte[] file : files) {
        Booster booster = XGBoost.loadModel(file);
        booster.setParams(Map.of("nthread", 1));
        boosters.add(booster);
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public double margin(float[] row) {
    try {
      return inPlace ? inPlace(row) : byMatrix(row);
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /** The mean over the boosters of the exact Shapley values, by column, the bias last. */
  double[] contributions(float[] row) {
    double[] means = new double[row.length + 1];
    try {
      DMatrix matrix = new DMatrix(row, 1, row.length, Float.NaN);
      try {
        for (Booster booster : boosters) {
          float[] values = booster.predictContrib(matrix, 0)[0];
          for (int column = 0; column < means.length; column++) {
            means[column] += values[column] / (double) boosters.size();
          }
        }
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
    return means;
  }

  private double byMatrix(float[] row) throws XGBoostError {
    DMatrix matrix = new DMatrix(row, 1, row.length, Float.NaN);
    try {
      double sum = 0;
      for (Booster booster : boosters) {
        sum += booster.predict(matrix, true)[0][0];
      }
      return sum / boosters.size();
    } finally {
      matrix.dispose();
    }
  }

  private double inPlace(float[] row) throws XGBoostError {
    double sum = 0;
    for (Booster booster : boosters) {
      sum += booster
          .inplace_predict(
              row,
              1,
              row.length,
              Float.NaN,
              new int[] {0, 0},
              Booster.PredictionType.kMargin,
              null)[0][0];
    }
    return sum / boosters.size();
  }

  @Override
  public void close() {
    boosters.forEach(Booster::dispose);
  }
}
