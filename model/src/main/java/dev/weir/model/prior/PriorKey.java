package dev.weir.model.prior;

import dev.weir.model.document.Section;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.EvidenceView;
import dev.weir.model.flag.ChannelTopology;
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

  private static final String UNOBSERVED = "?";

  /* Some files say "?" of what they do not know; it is a value like any other, and no gap. */
  private static final String OBSERVED_QUESTION_MARK = "'?'";

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

  /** Spells the key's value for a record, for instance {@code HomePlanet=Earth|channels=zero}. */
  void spell(EvidenceView evidence, StringBuilder key) {
    RawRecord record = evidence.record();
    key.setLength(0);
    for (int i = 0; i < attributes.size(); i++) {
      int attribute = attributes.get(i);
      append(key, record.domain().attributes().get(attribute).name());
      key.append(value(record, attribute));
    }
    if (missing) {
      append(key, MISSING);
      key.append(evidence.missingCount() > 0 ? "yes" : "no");
    }
    if (channels) {
      append(key, CHANNELS);
      key.append(pattern(evidence.topology()));
    }
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
      return UNOBSERVED;
    }
    String category = record.category(attribute);
    if (category == null) {
      return record.number(attribute) != 0 ? "true" : "false";
    }
    return category.equals(UNOBSERVED) ? OBSERVED_QUESTION_MARK : category;
  }

  private static String pattern(ChannelTopology topology) {
    if (topology.observedCount() == 0) {
      return "none";
    }
    if (topology.sum() <= Marks.ZERO_TOLERANCE) {
      return "zero";
    }
    return topology.topShare() >= DOMINANT ? "dominant" : "mixed";
  }
}
