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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns a domain declares beside those every domain gets.
 *
 * @param logs attributes with numbers of at least 0 that get a column ln(1 + v) too
 * @param sums by column name, the channels' field indexes that are added up
 * @param interactions products of a flag with attributes or flags
 * @param fallback columns that only the fallback reads
 */
public record FeaturePlan(
    List<Integer> logs,
    Map<String, List<Integer>> sums,
    List<Interaction> interactions,
    FallbackPlan fallback) {
  public FeaturePlan {
    logs = List.copyOf(logs);
    interactions = List.copyOf(interactions);
  }

  /** No column beside those every domain gets. */
  public static FeaturePlan none() {
    return new FeaturePlan(List.of(), Map.of(), List.of(), FallbackPlan.none());
  }

  /** Products of a flag with each partner; the column's source is the flag's. */
  public record Interaction(int flag, List<Integer> attributes, List<Integer> flags) {}

  /** Reads {@code logs}, {@code sums}, {@code interactions} and {@code fallback}; mistakes are noted in the section. */
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
    List<Integer> logs = logs(section, domain, section.texts("logs", List.of()));
    List<Interaction> interactions = interactions(section, domain, flags);
    FallbackPlan fallback = section.has("fallback")
        ? section
            .section("fallback", inner -> fallback(inner, domain, flags, sums.keySet()))
            .orElseGet(FallbackPlan::none)
        : FallbackPlan.none();
    return new FeaturePlan(logs, sums, interactions, fallback);
  }

  private static FallbackPlan fallback(
      Section section, Domain domain, FlagSet flags, Set<String> sums) {
    List<String> logs = section.texts("logs", List.of());
    List<Integer> bends = new ArrayList<>();
    for (String name : section.texts("bends", List.of())) {
      int index = domain.attributeIndex(name).orElse(-1);
      if (index < 0
          || !domain.isEvidence(index)
          || domain.attributes().get(index).kind() != Kind.NUMBER) {
        section.note("bends", "'" + name + "' is not a number of this domain");
      } else {
        bends.add(index);
      }
    }
    return new FallbackPlan(
        logs(section, domain, logs.stream().filter(name -> !sums.contains(name)).toList()),
        logs.stream().filter(sums::contains).toList(),
        bends,
        interactions(section, domain, flags));
  }

  private static List<Interaction> interactions(Section section, Domain domain, FlagSet flags) {
    return section.has("interactions")
        ? section.sections("interactions", inner -> interaction(inner, domain, flags)).stream()
            .filter(Objects::nonNull)
            .toList()
        : List.of();
  }

  private static List<Integer> logs(Section section, Domain domain, List<String> names) {
    List<Integer> logs = new ArrayList<>();
    for (String name : names) {
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
