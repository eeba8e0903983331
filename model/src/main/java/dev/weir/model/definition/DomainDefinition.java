package dev.weir.model.definition;

import dev.weir.model.document.Document;
import dev.weir.model.document.Section;
import dev.weir.model.domain.Domain;
import dev.weir.model.feature.FeaturePlan;
import dev.weir.model.feature.ImputationPlan;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.prior.PriorPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Everything a domain file declares, in format {@value #FORMAT}.
 *
 * @param text the file as it was read; a bundle carries it unchanged
 * @param threshold a probability of at least this predicts true, in (0, 1)
 * @param fragilityWeights by flag; 0 where a flag does not count
 * @param fragile bit i is set iff flag i makes a record fragile for training
 * @param thinSlice the flag that a thin slice refines; -1 where any record can be in one
 */
public record DomainDefinition(
    String text,
    Domain domain,
    double threshold,
    FlagSet flags,
    double[] fragilityWeights,
    long fragile,
    int thinSlice,
    ImputationPlan imputation,
    FeaturePlan features,
    PriorPlan prior,
    CsvPlan csv) {
  /** The only format of domain files so far. */
  public static final int FORMAT = 1;

  private static final double THRESHOLD = 0.5;

  /** The names of the domains that come with Weir. */
  public static final List<String> SHIPPED = List.of("passenger");

  /**
   * Reads a domain file.
   *
   * @param file the name that messages give the text
   * @throws dev.weir.model.document.InvalidDocument with every mistake, each with its place
   */
  public static DomainDefinition read(String file, String text) {
    return Document.read(file, text, section -> read(section, text));
  }

  /** A domain that comes with Weir. */
  public static DomainDefinition shipped(String name) {
    try (InputStream in = DomainDefinition.class.getResourceAsStream(name + ".yaml")) {
      if (in == null || !SHIPPED.contains(name)) {
        throw new IllegalArgumentException(
            "no domain '" + name + "' comes with Weir; shipped: " + SHIPPED + ", or name a file");
      }
      return read(name + ".yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DomainDefinition read(Section section, String text) {
    section.integer("format", FORMAT, FORMAT);
    Domain domain = Domain.read(section);
    FlagSet flags = FlagSet.read(section, "flags", domain);
    List<String> fragile = section.texts("fragile", List.of());
    fragile.stream()
        .filter(name -> flags.index(name).isEmpty())
        .forEach(name -> section.note("fragile", "flag '" + name + "' is not declared"));
    String thin = section.text("thinSlice", "");
    if (!thin.isEmpty() && flags.index(thin).isEmpty()) {
      section.note("thinSlice", "flag '" + thin + "' is not declared");
    }
    PriorPlan prior =
        declared(section, "prior", s -> PriorPlan.read(s, domain), new PriorPlan(List.of(), 1));
    return new DomainDefinition(
        text,
        domain,
        threshold(section),
        flags,
        weights(section, flags),
        fragile.stream()
            .flatMapToInt(name -> flags.index(name).stream())
            .mapToLong(flag -> 1L << flag)
            .reduce(0, (a, b) -> a | b),
        flags.index(thin).orElse(-1),
        declared(
            section,
            "imputation",
            s -> ImputationPlan.read(s, domain, flags),
            new ImputationPlan(List.of(), -1)),
        declared(section, "features", s -> FeaturePlan.read(s, domain, flags), FeaturePlan.none()),
        prior,
        declared(section, "csv", s -> CsvPlan.read(s, domain), CsvPlan.none()));
  }

  /** What an optional map declares. */
  private static <T> T declared(
      Section section, String key, Function<Section, T> reader, T otherwise) {
    return section.has(key) ? section.section(key, reader).orElse(otherwise) : otherwise;
  }

  private static double threshold(Section section) {
    double threshold = section.number("threshold", 0, 1, THRESHOLD);
    if (threshold <= 0 || threshold >= 1) {
      section.note("threshold", "threshold " + threshold + " must lie strictly between 0 and 1");
    }
    return threshold;
  }

  private static double[] weights(Section section, FlagSet flags) {
    double[] weights = new double[flags.size()];
    Map<String, Double> declared =
        section.has("fragility") ? section.numbers("fragility", 0, 1) : Map.of();
    declared.forEach((name, weight) -> {
      if (flags.index(name).isPresent()) {
        weights[flags.index(name).getAsInt()] = weight;
      } else {
        section.note("fragility", "flag '" + name + "' is not declared");
      }
    });
    return weights;
  }
}
