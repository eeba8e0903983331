package dev.weir.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.calibration.Beta;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.Isotonic;
import dev.weir.model.calibration.Platt;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.score.Score;
import dev.weir.model.tree.RandomModels;
import dev.weir.model.tree.XgboostFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scores of small committed model files are the committed ones to the bit, on every JDK and
 * processor. {@code -Dweir.golden.write=src/test/resources/dev/weir/model/bundle} writes both anew,
 * for when the passenger domain's columns change; the numbers then have to be looked at.
 */
class GoldenScoresTest {
  private static final int MEMBERS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, Calibrator> CALIBRATORS = Map.of(
      "platt", new Platt(0.9, -0.15),
      "beta", new Beta(0.8, 1.3, 0.05),
      "isotonic",
          new Isotonic(new double[] {-2, -0.7, 0.4, 3}, new double[] {0.07, 0.3, 0.6, 0.93}));

  @ParameterizedTest
  @ValueSource(strings = {"platt", "beta", "isotonic"})
  void score_committedModels_isTheCommittedOneToTheBit(String calibrator) throws IOException {
    String target = System.getProperty("weir.golden.write");
    if (target != null) {
      write(Path.of(target));
      return;
    }
    Bundle bundle = bundle(CALIBRATORS.get(calibrator));

    JsonNode expected = JSON.readTree(resource("golden-scores.json")).path(calibrator);

    assertThat(scores(bundle).toPrettyString()).isEqualTo(expected.toPrettyString());
  }

  private static Bundle bundle(Calibrator calibrator) throws IOException {
    List<byte[]> members =
        List.of(resource("member-0.json"), resource("member-1.json"), resource("member-2.json"));
    return PassengerBundle.of(members, resource("quantiles.json"), calibrator);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = GoldenScoresTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** By record every number of its score, as {@link Double#toHexString} writes it. */
  private static ArrayNode scores(Bundle bundle) {
    RecordSheet sheet = bundle.sheet();
    ArrayNode scores = JsonNodeFactory.instance.arrayNode();
    for (RawRecord record : PassengerBundle.records()) {
      bundle.read(record, sheet);
      Score score = sheet.score().score();
      ObjectNode json = scores.addObject();
      json.put("margin", Double.toHexString(score.margin()));
      json.put("bias", Double.toHexString(score.bias()));
      json.put("pModel", Double.toHexString(score.pModel()));
      json.put("pGlm", Double.toHexString(score.pGlm()));
      json.put("agreement", Double.toHexString(score.agreement()));
      json.put("p10", Double.toHexString(score.p10()));
      json.put("p50", Double.toHexString(score.p50()));
      json.put("p90", Double.toHexString(score.p90()));
      json.put("muBlend", Double.toHexString(sheet.prior().muBlend()));
      json.put("fragility", Double.toHexString(sheet.evidence().fragility()));
      hex(score.memberProbabilities(), json.putArray("memberProbabilities"));
      hex(score.contributions(), json.putArray("contributions"));
    }
    return scores;
  }

  private static void hex(double[] values, ArrayNode array) {
    for (double value : values) {
      array.add(Double.toHexString(value));
    }
  }

  private static void write(Path directory) throws IOException {
    List<byte[]> members = IntStream.range(0, MEMBERS)
        .mapToObj(k -> new RandomModels(k, PassengerBundle.COLUMNS, true).model(6, 3, 1))
        .map(XgboostFile::of)
        .toList();
    byte[] quantiles = new String(
            XgboostFile.of(
                new RandomModels(9, PassengerBundle.QUANTILE_COLUMNS, true).model(6, 3, 2)),
            StandardCharsets.UTF_8)
        .replaceFirst("\"base_score\":\"[^\"]*\"", "\"base_score\":\"[-2.5,1.5]\"")
        .getBytes(StandardCharsets.UTF_8);
    for (int k = 0; k < MEMBERS; k++) {
      Files.write(directory.resolve("member-" + k + ".json"), members.get(k));
    }
    Files.write(directory.resolve("quantiles.json"), quantiles);
    ObjectNode golden = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(CALIBRATORS)
        .forEach((name, calibrator) ->
            golden.set(name, scores(PassengerBundle.of(members, quantiles, calibrator))));
    Files.writeString(directory.resolve("golden-scores.json"), golden.toPrettyString() + "\n");
  }
}
