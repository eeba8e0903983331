package dev.weir.model.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.feature.Evidence;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.score.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Raw rows with the scores they must have, to the bit: proof that an engine reads a bundle as the
 * one that made it did. Ids are replaced; group, label and ignored fields are left out.
 */
final class GoldenVectors {
  private GoldenVectors() {}

  static ArrayNode write(Bundle bundle, List<RawRecord> records) {
    ArrayNode vectors = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < records.size(); i++) {
      ObjectNode vector = vectors.addObject();
      ObjectNode raw = raw(vector.putObject("raw"), records.get(i), "golden-" + i);
      ArrayNode imputed = vector.putArray("imputed");
      Domain domain = bundle.definition().domain();
      for (int f = 0; f < domain.fields().size(); f++) {
        if ((records.get(i).imputedUpstream() >>> f & 1) != 0
            && raw.has(domain.fields().get(f).name())) {
          imputed.add(domain.fields().get(f).name());
        }
      }
      vector.set("score", score(bundle, parse(bundle, vector)));
    }
    return vectors;
  }

  /** The vectors as {@link #write} makes them of their own records. */
  static ArrayNode rewritten(Bundle bundle, JsonNode vectors) {
    List<RawRecord> records = new ArrayList<>();
    vectors.forEach(vector -> records.add(parse(bundle, vector)));
    return write(bundle, records);
  }

  private static ObjectNode raw(ObjectNode raw, RawRecord record, String id) {
    Domain domain = record.domain();
    for (int f = 0; f < domain.fields().size(); f++) {
      Field field = domain.fields().get(f);
      switch (field.role()) {
        case ID -> raw.put(field.name(), id);
        case CHANNEL, FEATURE, PROBABILITY, MEMBER, CONTRIBUTION ->
          raw.set(field.name(), RawJson.node(record.received(f)));
        default -> {}
      }
    }
    return raw;
  }

  /** Every number of every vector that the bundle does not reproduce. */
  static List<String> differences(Bundle bundle, JsonNode vectors) {
    if (!vectors.isArray() || vectors.isEmpty()) {
      return List.of("golden.json has no vector to prove it");
    }
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      JsonNode expected = vectors.get(i).path("score");
      ObjectNode found = score(bundle, parse(bundle, vectors.get(i)));
      for (String name : names(expected, found)) {
        if (!expected.path(name).equals(found.path(name))) {
          differences.add("golden vector " + i + ": " + name + " is " + found.path(name)
              + ", must be " + expected.path(name));
        }
      }
    }
    return differences;
  }

  private static Set<String> names(JsonNode expected, ObjectNode found) {
    Set<String> names = new TreeSet<>();
    expected.fieldNames().forEachRemaining(names::add);
    found.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static RawRecord parse(Bundle bundle, JsonNode vector) {
    List<String> imputed = new ArrayList<>();
    vector.path("imputed").forEach(name -> imputed.add(name.asText()));
    Parsed parsed = new RecordParser(bundle.definition().domain())
        .typed(name -> RawJson.value(vector.path("raw").path(name)), imputed);
    if (parsed instanceof RawRecord record) {
      return record;
    }
    throw new IllegalArgumentException("a golden vector is not a valid record: " + parsed);
  }

  /** The bits of every number as hexadecimal, so that no rounding can hide a difference. */
  private static ObjectNode score(Bundle bundle, RawRecord record) {
    Evidence evidence = bundle.evidence(record);
    SlicePrior prior = bundle.prior(evidence);
    Score score = bundle.score(evidence, prior);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("margin", bits(score.margin()));
    json.put("pModel", bits(score.pModel()));
    json.put("pGlm", bits(score.pGlm()));
    json.put("p10", bits(score.p10()));
    json.put("p90", bits(score.p90()));
    json.set("contributions", bits(score.contributions()));
    json.set("memberProbabilities", bits(score.memberProbabilities()));
    return json;
  }

  private static ArrayNode bits(double[] values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (double value : values) {
      array.add(bits(value));
    }
    return array;
  }

  private static String bits(double value) {
    return Long.toHexString(Double.doubleToLongBits(value));
  }
}
