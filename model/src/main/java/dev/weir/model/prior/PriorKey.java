package dev.weir.model.prior;

import dev.weir.model.document.Section;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.reference.Marks;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes two records alike: some observed categories, whether anything is missing, and the
 * pattern of the channels.
 *
 * @param attributes attributes with categories or truth values
 * @param missing whether it matters if some field was absent
 * @param channels whether the channels' pattern matters: none observed, all zero, one dominant, mixed
 */
public record PriorKey(List<Integer> attributes, boolean missing, boolean channels) {
  private static final String MISSING = "missing";
  private static final String CHANNELS = "channels";
  private static final double DOMINANT = 0.95;

  public PriorKey {
    attributes = List.copyOf(attributes);
  }

  static PriorKey read(Section section, Domain domain) {
    List<Integer> attributes = new ArrayList<>();
    List<String> names = section.texts("by");
    for (String name : names) {
      if (name.equals(MISSING) || name.equals(CHANNELS)) {
        continue;
      }
      int attribute = domain.attributeIndex(name).orElse(-1);
      if (attribute < 0
          || !domain.isEvidence(attribute)
          || !isGroupable(domain.attributes().get(attribute).kind())) {
        section.note("by", "'" + name + "' is not a category or a truth value of this domain");
      } else {
        attributes.add(attribute);
      }
    }
    return new PriorKey(attributes, names.contains(MISSING), names.contains(CHANNELS));
  }

  private static boolean isGroupable(Kind kind) {
    return kind == Kind.CATEGORY || kind == Kind.BOOLEAN;
  }

  /** The key's value for a record, for instance {@code HomePlanet=Earth|missing=no|channels=zero}. */
  String of(Evidence evidence) {
    StringBuilder key = new StringBuilder();
    for (int attribute : attributes) {
      append(key, evidence.record().domain().attributes().get(attribute).name());
      key.append(value(evidence.record(), attribute));
    }
    if (missing) {
      append(key, MISSING);
      key.append(evidence.missingCount() > 0 ? "yes" : "no");
    }
    if (channels) {
      append(key, CHANNELS);
      key.append(pattern(evidence));
    }
    return key.toString();
  }

  private static void append(StringBuilder key, String name) {
    if (!key.isEmpty()) {
      key.append('|');
    }
    key.append(name).append('=');
  }

  private static String value(RawRecord record, int attribute) {
    int field = record.domain().attributes().get(attribute).field();
    if ((record.observed() >>> field & 1) == 0) {
      return "?";
    }
    String category = record.category(attribute);
    return category == null ? (record.number(attribute) != 0 ? "true" : "false") : category;
  }

  private static String pattern(Evidence evidence) {
    if (evidence.topology().observedCount() == 0) {
      return "none";
    }
    if (evidence.topology().sum() <= Marks.ZERO_TOLERANCE) {
      return "zero";
    }
    return evidence.topology().topShare() >= DOMINANT ? "dominant" : "mixed";
  }
}
