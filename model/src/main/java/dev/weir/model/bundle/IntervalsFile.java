package dev.weir.model.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.calibration.Intervals;
import dev.weir.model.calibration.QuantileCalibrator;
import dev.weir.model.calibration.VennAbers;
import dev.weir.model.json.CanonicalJson;
import dev.weir.model.json.NumberFields;
import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.XgboostJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The file of a bundle's intervals: XGBoost's own model file for a quantile calibrator, whose scales the bundle keeps
 * beside it, or {@code {"type": "venn_abers", "sides": [{"scores": […], "lower": […], "upper": […]}, …]}}.
 */
public final class IntervalsFile {
  private static final String VENN_ABERS = "venn_abers";

  private IntervalsFile() {}

  /** The file of Venn–Abers intervals. */
  public static byte[] of(VennAbers intervals) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", VENN_ABERS);
    for (VennAbers.Side side : intervals.sides()) {
      ObjectNode one = json.withArray("sides").addObject();
      NumberFields.put(one, "scores", side.scores());
      NumberFields.put(one, "lower", side.lower());
      NumberFields.put(one, "upper", side.upper());
    }
    return (CanonicalJson.of(json) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The scales that go with a file; Venn–Abers intervals have none. */
  static double[] scales(Intervals intervals) {
    return intervals instanceof QuantileCalibrator quantiles ? quantiles.scales() : new double[0];
  }

  static Intervals read(JsonNode json, byte[] file, double[] scales) {
    if (!json.path("type").asText().equals(VENN_ABERS)) {
      return new QuantileCalibrator(TreeEnsemble.of(List.of(XgboostJson.read(file))), scales);
    }
    List<VennAbers.Side> sides = new ArrayList<>();
    for (JsonNode one : json.path("sides")) {
      NumberFields fields = new NumberFields(VENN_ABERS, one, Set.of("scores", "lower", "upper"));
      sides.add(new VennAbers.Side(
          fields.numbers("scores"), fields.numbers("lower"), fields.numbers("upper")));
    }
    return new VennAbers(sides);
  }
}
