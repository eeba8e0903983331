package dev.weir.model.feature;

import dev.weir.model.document.Section;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.Role;
import dev.weir.model.flag.FlagSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The columns a domain declares beside those every domain gets.
 *
 * @param logs attributes with numbers of at least 0 that get a column ln(1 + v) too
 * @param sums by column name, the channels' field indexes that are added up
 * @param interactions products of a flag with attributes or flags
 */
public record FeaturePlan(
    List<Integer> logs, Map<String, List<Integer>> sums, List<Interaction> interactions) {
  public FeaturePlan {
    logs = List.copyOf(logs);
    interactions = List.copyOf(interactions);
  }

  /** No column beside those every domain gets. */
  public static FeaturePlan none() {
    return new FeaturePlan(List.of(), Map.of(), List.of());
  }

  /** Products of a flag with each partner; the column's source is the flag's. */
  public record Interaction(int flag, List<Integer> attributes, List<Integer> flags) {}

  /** Reads {@code logs}, {@code sums} and {@code interactions}; mistakes are noted in the section. */
  public static FeaturePlan read(Section section, Domain domain, FlagSet flags) {
    Map<String, List<Integer>> sums = new java.util.LinkedHashMap<>();
    if (section.has("sums")) {
      section.section("sums", inner -> {
        for (String name : inner.keys()) {
          sums.put(name, channels(inner, name, domain));
        }
        return sums;
      });
    }
    List<Interaction> interactions = section.has("interactions")
        ? section.sections("interactions", inner -> interaction(inner, domain, flags)).stream()
            .filter(Objects::nonNull)
            .toList()
        : List.of();
    return new FeaturePlan(logs(section, domain), sums, interactions);
  }

  private static List<Integer> logs(Section section, Domain domain) {
    List<Integer> logs = new ArrayList<>();
    for (String name : section.texts("logs", List.of())) {
      int index = domain.attributeIndex(name).orElse(-1);
      if (index < 0
          || !domain.isEvidence(index)
          || domain.attributes().get(index).kind() != Kind.NUMBER
          || domain.attributes().get(index).min() < 0) {
        section.note(
            "logs", "'" + name + "' is not a number of this domain with min of at least 0");
      } else if (domain.fields().get(domain.attributes().get(index).field()).role()
          == Role.CHANNEL) {
        section.note("logs", "'" + name + "' is a channel, which has such a column already");
      } else {
        logs.add(index);
      }
    }
    return logs;
  }

  private static List<Integer> channels(Section section, String key, Domain domain) {
    List<Integer> channels = new ArrayList<>();
    for (String name : section.texts(key)) {
      int field = domain.fieldIndex(name).orElse(-1);
      if (java.util.Arrays.stream(domain.channels()).noneMatch(c -> c == field)) {
        section.note(key, "'" + name + "' is not a channel of this domain");
      } else {
        channels.add(field);
      }
    }
    return List.copyOf(channels);
  }

  private static @Nullable Interaction interaction(Section section, Domain domain, FlagSet flags) {
    String name = section.text("flag");
    int flag = flags.index(name).orElse(-1);
    List<Integer> attributes = new ArrayList<>();
    List<Integer> partners = new ArrayList<>();
    for (String partner : section.texts("with")) {
      if (domain.attributeIndex(partner).stream().anyMatch(domain::isEvidence)) {
        attributes.add(domain.attributeIndex(partner).getAsInt());
      } else if (flags.index(partner).isPresent()) {
        partners.add(flags.index(partner).getAsInt());
      } else {
        section.note("with", "'" + partner + "' is neither an attribute nor a flag");
      }
    }
    if (flag < 0) {
      section.note("flag", "flag '" + name + "' is not declared");
      return null;
    }
    return new Interaction(flag, List.copyOf(attributes), List.copyOf(partners));
  }
}
