package dev.weir.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.corrupt.CorruptionSuite;
import dev.weir.lab.evaluate.Incident;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.json.CanonicalJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which policy is tried in which incidents, and where the figures go. */
final class TrialOptions {
  @Option(
      names = "--policy",
      required = true,
      paramLabel = "POLICY",
      description = "Shipped name or file; shipped: " + Named.POLICIES)
  private String policy = "";

  @Option(
      names = "--suite",
      paramLabel = "FILE",
      description =
          "What can break upstream, YAML; see docs/evaluation.md. Default: the domain's own.")
  private Path suite = Path.of("");

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of corruptions, orders and resamples. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "All figures, for machines.")
  private Path json = Path.of("");

  /** The policy as it was named. */
  String policy() {
    return policy;
  }

  PolicyFile policy(DomainDefinition definition) {
    return Named.policy(policy, definition);
  }

  /** The suite of the file, or where none is given the domain's own. */
  CorruptionSuite suite(DomainDefinition definition) {
    return isGiven(suite)
        ? CorruptionSuite.read(suite.toString(), Named.text("suite", suite), definition)
        : CorruptionSuite.of(definition);
  }

  long seed() {
    return seed;
  }

  void requireWritable() {
    requireWritable(json);
  }

  /** Writes all figures, if they are wanted. */
  void write(JsonNode figures) {
    if (isGiven(json)) {
      WholeFile.writeLines(json, Stream.of(CanonicalJson.inOwnOrder(figures)));
    }
  }

  static void requireWritable(Path file) {
    if (isGiven(file)) {
      WholeFile.requireWritable(file);
    }
  }

  static boolean isGiven(Path file) {
    return !file.toString().isEmpty();
  }

  /** How fast the suite went, if anything was tried. */
  static void speed(List<Incident> incidents, double seconds, PrintWriter out) {
    long rows = incidents.stream().mapToLong(Incident::received).sum();
    if (rows > 0) {
      out.printf(
          Locale.ROOT,
          "%,d corrupted records decided; all of it took %.1f s, %,.0f a second%n",
          rows,
          seconds,
          rows / seconds);
    }
  }
}
