package dev.weir.model.feature;

import dev.weir.model.document.Section;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.flag.Detector;
import dev.weir.model.flag.DetectorReader;
import dev.weir.model.flag.FlagSet;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a domain fills gaps: declared rules first, then learnt values within a stratum.
 *
 * @param rules in the order in which they are tried
 * @param stratum attribute with categories within which values are learnt; -1 for none
 */
public record ImputationPlan(List<Rule> rules, int stratum) {
  public ImputationPlan {
    rules = List.copyOf(rules);
  }

  /** When {@code when} holds of the present values, missing {@code fields} get {@code value}. */
  public record Rule(String name, Detector when, long fields, double value) {}

  /** Reads {@code rules} and {@code within}; mistakes are noted in the section. */
  public static ImputationPlan read(Section section, Domain domain, FlagSet flags) {
    DetectorReader detectors = new DetectorReader(domain, flags.flags());
    List<Rule> rules = section.has("rules")
        ? section.sections("rules", rule -> rule(rule, domain, detectors)).stream()
            .filter(Objects::nonNull)
            .toList()
        : List.of();
    String within = section.text("within", "");
    int stratum = domain.attributeIndex(within).orElse(-1);
    if (!within.isEmpty()
        && (stratum < 0
            || !domain.isEvidence(stratum)
            || domain.attributes().get(stratum).kind() != Kind.CATEGORY)) {
      section.note("within", "'" + within + "' is not a category of this domain");
      stratum = -1;
    }
    return new ImputationPlan(rules, stratum);
  }

  private static @Nullable Rule rule(Section section, Domain domain, DetectorReader detectors) {
    String name = section.text("name");
    Detector when = section.section("when", detectors::read).orElse(null);
    List<String> names = section.texts("set");
    double value = section.number("value", -Double.MAX_VALUE, Double.MAX_VALUE);
    long fields = 0;
    for (int field :
        names.equals(List.of("channels")) ? domain.channels() : numbers(names, domain)) {
      fields |= 1L << field;
    }
    if (!names.equals(List.of("channels")) && Long.bitCount(fields) != names.size()) {
      section.note("set", "set may name number fields that carry evidence, each once: " + names);
    }
    return when == null ? null : new Rule(name, when, fields, value);
  }

  private static int[] numbers(List<String> names, Domain domain) {
    return names.stream()
        .flatMapToInt(name -> domain.fieldIndex(name).stream())
        .filter(field -> domain.fields().get(field).kind() == Kind.NUMBER
            && domain.fields().get(field).role().isEvidence())
        .toArray();
  }

  /** The method name of each rule, by index. */
  String[] methods() {
    return rules.stream().map(rule -> Imputation.rule(rule.name())).toArray(String[]::new);
  }

  @Override
  public String toString() {
    return "rules " + Arrays.toString(methods()) + " within attribute " + stratum;
  }
}
