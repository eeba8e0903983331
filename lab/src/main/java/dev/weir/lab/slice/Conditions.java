package dev.weir.lab.slice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.document.Document;
import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.flag.Flag;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * What slices are made of: every flag of a domain, every truth value and category, every gap, and each channel at zero
 * or above some of its marks. Each is a detector of the domain language and is read as a gate would read it, so that what
 * is found can be pasted into a policy.
 */
public final class Conditions {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final double[] MARKS = {0.5, 0.75, 0.9};

  private final DomainDefinition definition;
  private final List<Seen> rows;
  private final List<String> words = new ArrayList<>();
  private final List<JsonNode> detectors = new ArrayList<>();

  private Conditions(DomainDefinition definition, List<Seen> rows) {
    this.definition = definition;
    this.rows = rows;
  }

  /** A record, and the bundle whose tables its flags are read by. */
  public record Seen(Bundle bundle, RawRecord record) {}

  /** The conditions that at least so many rows meet, and at least so many do not. */
  public static List<Condition> of(DomainDefinition definition, List<Seen> rows, int rowsMin) {
    Conditions conditions = new Conditions(definition, rows);
    conditions.declare();
    return conditions.read().stream()
        .filter(one -> {
          int count = Condition.count(one.members());
          return count >= rowsMin && rows.size() - count >= rowsMin;
        })
        .toList();
  }

  private void declare() {
    Domain domain = definition.domain();
    for (Flag flag : definition.flags().flags()) {
      declare(flag.name(), JSON.objectNode().put("flag", flag.name()));
    }
    for (int a = 0; a < domain.attributes().size(); a++) {
      if (domain.isEvidence(a)) {
        values(domain.attributes().get(a), a);
      }
    }
    for (int field : domain.evidence()) {
      String name = domain.fields().get(field).name();
      declare(name + " missing", fields("anyMissing", name));
    }
    for (int channel : domain.channels()) {
      channel(domain.fields().get(channel));
    }
  }

  private void declare(String inWords, JsonNode detector) {
    words.add(inWords);
    detectors.add(detector);
  }

  private static ObjectNode fields(String key, String name) {
    ObjectNode detector = JSON.objectNode();
    detector.putArray(key).add(name);
    return detector;
  }

  private void values(Attribute attribute, int index) {
    if (attribute.kind() == Kind.BOOLEAN) {
      equal(attribute, JSON.booleanNode(true));
      equal(attribute, JSON.booleanNode(false));
    } else if (attribute.kind() == Kind.CATEGORY) {
      TreeSet<String> categories = new TreeSet<>();
      for (Seen row : rows) {
        String category = row.record().category(index);
        if (category != null) {
          categories.add(category);
        }
      }
      categories.forEach(category -> equal(attribute, JSON.textNode(category)));
    }
  }

  private void equal(Attribute attribute, JsonNode value) {
    ObjectNode equal = JSON.objectNode().put("field", attribute.name());
    equal.set("value", value);
    declare(attribute.name() + " = " + value.asText(), JSON.objectNode().set("equals", equal));
  }

  private void channel(Field field) {
    declare(field.name() + " = 0", fields("zeroVector", field.name()));
    for (double mark : MARKS) {
      ObjectNode outlier = fields("fields", field.name()).put("mark", mark);
      declare(
          String.format(Locale.ROOT, "%s above its %.2f mark", field.name(), mark),
          JSON.objectNode().set("outlier", outlier));
    }
  }

  private List<Condition> read() {
    int known = definition.flags().size();
    int room = FlagSet.FLAGS_MAX - known;
    List<Condition> read = new ArrayList<>();
    for (int from = 0; from < detectors.size(); from += room) {
      int to = Math.min(detectors.size(), from + room);
      FlagSet flags = compiled(from, to);
      List<long[]> members = new ArrayList<>();
      for (int i = from; i < to; i++) {
        members.add(Condition.none(rows.size()));
      }
      for (int row = 0; row < rows.size(); row++) {
        long truths = truths(flags, rows.get(row)) >>> known;
        for (int i = from; i < to; i++) {
          if ((truths >>> (i - from) & 1) != 0) {
            Condition.add(members.get(i - from), row);
          }
        }
      }
      for (int i = from; i < to; i++) {
        read.add(new Condition(words.get(i), detectors.get(i), members.get(i - from)));
      }
    }
    return read;
  }

  /* Names sort as the conditions stand, because flags of a policy do. */
  private FlagSet compiled(int from, int to) {
    ObjectNode text = JSON.objectNode();
    ObjectNode flags = text.putObject("flags");
    for (int i = from; i < to; i++) {
      flags.set(String.format(Locale.ROOT, "condition_%05d", i), detectors.get(i));
    }
    return Document.read(
        "conditions",
        CanonicalJson.of(text),
        section -> definition.flags().and(section, "flags", definition.domain()));
  }

  private static long truths(FlagSet flags, Seen row) {
    Evidence evidence = row.bundle().evidence(row.record());
    return flags
        .read(
            row.record(),
            row.bundle().reference(),
            evidence.imputation().values(),
            evidence.imputation().asReceived())
        .truths();
  }
}
