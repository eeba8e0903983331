package dev.weir.lab.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.lab.train.OutOfFold;
import dev.weir.model.metric.RiskCoverage;
import dev.weir.model.numeric.Weights;

/**
 * Rows on which thresholds may be chosen: fitted to by a bundle, but judged by models that did not see them.
 *
 * @param p calibrated probabilities, in [0, 1]
 * @param labels the outcomes
 */
public record Choosing(double[] p, boolean[] labels) {
  public Choosing {
    if (p.length != labels.length) {
      throw new IllegalArgumentException(p.length + " probabilities of " + labels.length + " rows");
    }
  }

  static Choosing of(OutOfFold rows) {
    return new Choosing(rows.pModel(), rows.labels());
  }

  static Choosing read(JsonNode json) {
    double[] p = new double[json.path("p").size()];
    boolean[] labels = new boolean[p.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = json.path("p").get(i).doubleValue();
      labels[i] = json.path("labels").path(i).booleanValue();
    }
    return new Choosing(p, labels);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode ps = json.putArray("p");
    ArrayNode truths = json.putArray("labels");
    for (int i = 0; i < p.length; i++) {
      ps.add(p[i]);
      truths.add(labels[i]);
    }
    return json;
  }

  /**
   * The least confidence from which on plain confidence is right often enough; the most that any row has where none is.
   *
   * @param accuracy share of right predictions among the accepted, in [0, 1]
   */
  double confidenceFor(double accuracy, double threshold) {
    boolean[] wrong = new boolean[p.length];
    double[] confidences = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      wrong[i] = p[i] >= threshold != labels[i];
      confidences[i] = p[i] >= threshold ? p[i] : 1 - p[i];
    }
    double least = 1;
    for (RiskCoverage.Point point :
        RiskCoverage.of(confidences, wrong, Weights.ones(p.length)).points()) {
      least = 1 - point.risk() >= accuracy ? point.threshold() : least;
    }
    return least;
  }
}
