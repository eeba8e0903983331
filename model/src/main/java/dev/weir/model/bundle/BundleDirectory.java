package dev.weir.model.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.calibration.CalibratorJson;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Imputer;
import dev.weir.model.glm.LogisticGlmJson;
import dev.weir.model.json.CanonicalJson;
import dev.weir.model.reference.Reference;
import dev.weir.model.score.MainModel;
import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.TreeModelFile;
import dev.weir.model.tree.XgboostJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A bundle as a directory of files, in format {@value #FORMAT}.
 *
 * <p>{@code manifest.json} names every other file with its SHA-256, and the bundle's fingerprint is
 * the SHA-256 of the manifest. A file too many, too few or changed is refused.
 *
 * <p>Long because writing and reading stand side by side, so that neither changes alone.
 */
public final class BundleDirectory {
  /**
   * The format that is written and read: 3 has the tables by which broken input is noticed, 4 the columns of
   * codes that trees split by sets.
   */
  public static final int FORMAT = 4;

  private static final String MANIFEST = "manifest.json";
  /* Two digits in a member's file name keep the members in order. */
  private static final int MEMBERS_MAX = 100;

  private static final String NATIVE = "native";
  private static final String IMPORTED = "imported";
  private static final String EXTERNAL = "external";
  private static final List<String> KINDS = List.of(NATIVE, IMPORTED, EXTERNAL);
  private static final String COLUMNS = "features.yaml";
  private static final ObjectMapper JSON = new ObjectMapper();

  private BundleDirectory() {}

  /**
   * Writes a bundle; nothing is left half-written.
   *
   * @param golden records whose scores prove, at loading, that the bundle is read as it was written
   * @throws IllegalArgumentException if the directory holds something else, or there is no golden
   *     record
   */
  public static Bundle write(Path directory, Bundle.BundleParts parts, List<RawRecord> golden) {
    if (golden.isEmpty()) {
      throw new IllegalArgumentException("a bundle needs at least one golden record");
    }
    Bundle unsealed = new Bundle(parts, Fingerprint.of(""));
    Map<String, byte[]> files = files(unsealed, GoldenVectors.write(unsealed, golden));
    byte[] manifest = manifest(parts.model(), files);
    Map<String, byte[]> all = new TreeMap<>(files);
    all.put(MANIFEST, manifest);
    replace(directory, all);
    return new Bundle(parts, Fingerprint.of(manifest));
  }

  /** Every file but the manifest: what a bundle of these parts consists of, to the byte. */
  private static Map<String, byte[]> files(Bundle bundle, JsonNode golden) {
    Bundle.BundleParts parts = bundle.parts();
    DomainDefinition definition = parts.definition();
    Map<String, byte[]> files = new TreeMap<>(modelFiles(parts.model()));
    files.put("domain.yaml", definition.text().getBytes(StandardCharsets.UTF_8));
    files.put("reference.json", bytes(PartsJson.reference(parts.reference(), definition)));
    files.put("checks.json", bytes(ChecksJson.write(parts.reference())));
    files.put("imputer.json", bytes(PartsJson.imputer(parts.imputer())));
    files.put("priors.json", bytes(PartsJson.priors(parts.priors())));
    files.put("flags.json", bytes(PartsJson.flagCounts(parts.flagCounts(), definition.flags())));
    files.put("calibrator.json", bytes(CalibratorJson.write(parts.calibrator())));
    files.put("glm.json", bytes(LogisticGlmJson.write(parts.glm())));
    files.put("quantiles.json", parts.intervalsFile());
    files.put("sources.json", bytes(sources(bundle)));
    files.put("facts.json", bytes(facts(parts)));
    files.put("golden.json", bytes(golden));
    return files;
  }

  private static Map<String, byte[]> modelFiles(MainModel model) {
    if (model instanceof MainModel.Native trees) {
      return members(trees.files());
    }
    if (model instanceof MainModel.Imported trees) {
      Map<String, byte[]> files = members(trees.files());
      files.put(COLUMNS, trees.columns().text().getBytes(StandardCharsets.UTF_8));
      return files;
    }
    if (model instanceof MainModel.External) {
      return Map.of();
    }
    throw new AssertionError(model);
  }

  private static Map<String, byte[]> members(List<byte[]> members) {
    if (members.size() > MEMBERS_MAX) {
      throw new IllegalArgumentException(members.size() + " members, limit " + MEMBERS_MAX);
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (int k = 0; k < members.size(); k++) {
      String name =
          String.format(Locale.ROOT, "member-%02d.%s", k, TreeModelFile.ending(members.get(k)));
      files.put(name, members.get(k));
    }
    return files;
  }

  private static String kind(MainModel model) {
    if (model instanceof MainModel.Native) {
      return NATIVE;
    }
    return model instanceof MainModel.Imported ? IMPORTED : EXTERNAL;
  }

  private static byte[] manifest(MainModel model, Map<String, byte[]> files) {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("format", FORMAT);
    manifest.put("kind", kind(model));
    ObjectNode named = manifest.putObject("files");
    files.forEach((name, content) -> named.put(name, Fingerprint.of(content).hex()));
    return bytes(manifest);
  }

  private static ObjectNode sources(Bundle bundle) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    bundle.sources().forEach(json.putArray("sources")::add);
    return json;
  }

  private static ObjectNode facts(Bundle.BundleParts parts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("threshold", parts.threshold());
    json.putArray("quantileScales");
    for (double scale : IntervalsFile.scales(parts.intervals())) {
      json.withArray("quantileScales").add(scale);
    }
    json.set("training", PartsJson.training(parts.training()));
    return json;
  }

  private static byte[] bytes(JsonNode json) {
    return (CanonicalJson.of(json) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void replace(Path directory, Map<String, byte[]> files) {
    Path target = directory.toAbsolutePath().normalize();
    Path fresh = target.resolveSibling("." + target.getFileName() + ".writing");
    requireWritable(directory);
    try {
      if (target.getParent() != null) {
        Files.createDirectories(target.getParent());
      }
      delete(fresh);
      try {
        Files.createDirectory(fresh);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          Files.write(fresh.resolve(file.getKey()), file.getValue());
        }
        delete(target);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the bundle " + directory + ": " + e, e);
    }
  }

  /**
   * Checks, before the work, that a bundle can be written.
   *
   * @throws IllegalArgumentException if the directory holds anything but an older bundle, or cannot
   *     be made
   */
  public static void requireWritable(Path directory) {
    Path target = directory.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      requireReplaceable(directory, target);
    }
    Path above = target.getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    if (above == null || !Files.isDirectory(above) || !Files.isWritable(above)) {
      throw new IllegalArgumentException(
          "cannot make the bundle " + directory + ": " + above + " is no directory to write in");
    }
  }

  /** Only an empty directory, and one with nothing but a bundle's own files, may be replaced. */
  private static void requireReplaceable(Path named, Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          named + " exists and is not a bundle but a file; name another directory or remove it");
    }
    try (Stream<Path> found = Files.list(directory)) {
      Set<String> strangers = new TreeSet<>();
      found.forEach(file -> strangers.add(String.valueOf(file.getFileName())));
      strangers.removeAll(own(directory));
      if (!strangers.isEmpty()) {
        throw new IllegalArgumentException(named + " exists and is not a bundle: it holds "
            + strangers.iterator().next() + "; name another directory or remove it");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + named + ": " + e, e);
    }
  }

  /** The names of a bundle's files; none where there is no manifest of one. */
  private static Set<String> own(Path directory) throws IOException {
    Path file = directory.resolve(MANIFEST);
    Set<String> names = new TreeSet<>();
    try {
      JsonNode manifest = Files.isRegularFile(file)
          ? json(MANIFEST, Files.readAllBytes(file))
          : JsonNodeFactory.instance.nullNode();
      if (manifest.path("format").isInt()) {
        names.add(MANIFEST);
        manifest.path("files").fieldNames().forEachRemaining(names::add);
      }
    } catch (IllegalArgumentException notJson) {
      return Set.of();
    }
    return names;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /**
   * Reads a bundle and checks every file, and that it scores its golden vectors to the bit.
   *
   * @throws UnusableBundle if anything is missing, too much, changed or wrong
   */
  public static Bundle read(Path directory) {
    Path manifestFile = directory.resolve(MANIFEST);
    if (!Files.isRegularFile(manifestFile)) {
      throw new UnusableBundle(
          directory + " is not a bundle: it has no " + MANIFEST + "; make one with weir train");
    }
    try {
      byte[] manifest = Files.readAllBytes(manifestFile);
      JsonNode json = json(MANIFEST, manifest);
      Map<String, byte[]> files = read(directory, json);
      Bundle bundle = assemble(json.path("kind").asText(), files, Fingerprint.of(manifest));
      requireNothingElse(bundle, files, manifest);
      return bundle;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundle " + directory + ": " + e, e);
    } catch (UnusableBundle e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new UnusableBundle("bundle " + directory + " is refused: " + e.getMessage(), e);
    }
  }

  /** What was read is what would be written, to the byte: no file, key or digit besides. */
  private static void requireNothingElse(
      Bundle bundle, Map<String, byte[]> files, byte[] manifest) {
    Map<String, byte[]> expected =
        files(bundle, GoldenVectors.rewritten(bundle, json(files, "golden.json")));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] content = expected.get(file.getKey());
      if (content == null) {
        throw new IllegalArgumentException(file.getKey() + " is no part of a bundle of kind "
            + kind(bundle.parts().model()));
      }
      if (!Arrays.equals(content, file.getValue())) {
        throw new IllegalArgumentException(
            file.getKey() + " holds more or other than a bundle's file does");
      }
    }
    if (!Arrays.equals(manifest(bundle.parts().model(), files), manifest)) {
      throw new IllegalArgumentException(MANIFEST + " holds more or other than a manifest does");
    }
  }

  private static Map<String, byte[]> read(Path directory, JsonNode json) throws IOException {
    if (json.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException("manifest.json has format " + json.path("format")
          + ", this engine reads format " + FORMAT);
    }
    if (!KINDS.contains(json.path("kind").asText())) {
      throw new IllegalArgumentException(
          "manifest.json has kind " + json.path("kind") + ", this engine reads " + KINDS);
    }
    List<String> names = new ArrayList<>();
    json.path("files").fieldNames().forEachRemaining(names::add);
    try (Stream<Path> found = Files.list(directory)) {
      for (Path file : found.toList()) {
        String name = String.valueOf(file.getFileName());
        if (!names.contains(name) && !name.equals(MANIFEST)) {
          throw new IllegalArgumentException(name + " does not belong to it; remove the file");
        }
      }
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : names) {
      Path file = directory.resolve(name);
      if (name.contains("/") || name.contains("\\") || !Files.isRegularFile(file)) {
        throw new IllegalArgumentException(name + " is missing");
      }
      byte[] content = Files.readAllBytes(file);
      if (!Fingerprint.of(content).hex().equals(json.path("files").path(name).asText())) {
        throw new IllegalArgumentException(
            name + " was changed: its SHA-256 is not the manifest's");
      }
      files.put(name, content);
    }
    return files;
  }

  private static MainModel model(
      String kind, Map<String, byte[]> files, DomainDefinition definition, Reference reference) {
    List<byte[]> members = files.entrySet().stream()
        .filter(file -> file.getKey().startsWith("member-"))
        .map(Map.Entry::getValue)
        .toList();
    return switch (kind) {
      case NATIVE ->
        new MainModel.Native(
            TreeEnsemble.of(members.stream().map(XgboostJson::read).toList()), members);
      case IMPORTED ->
        MainModel.Imported.of(
            members,
            COLUMNS,
            new String(file(files, COLUMNS), StandardCharsets.UTF_8),
            definition.domain(),
            definition.flags(),
            reference);
      default -> new MainModel.External();
    };
  }

  private static Bundle assemble(String kind, Map<String, byte[]> files, Fingerprint fingerprint) {
    DomainDefinition definition = DomainDefinition.read(
        "domain.yaml", new String(file(files, "domain.yaml"), StandardCharsets.UTF_8));
    Reference reference = PartsJson.readReference(
        json(files, "reference.json"), json(files, "checks.json"), definition);
    Imputer imputer = PartsJson.readImputer(json(files, "imputer.json"), definition, reference);
    JsonNode facts = json(files, "facts.json");
    byte[] intervalsFile = file(files, "quantiles.json");
    double[] scales = new double[facts.path("quantileScales").size()];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = facts.path("quantileScales").get(i).asDouble(Double.NaN);
    }
    Bundle bundle = new Bundle(
        new Bundle.BundleParts(
            definition,
            reference,
            imputer,
            model(kind, files, definition, reference),
            CalibratorJson.read(json(files, "calibrator.json")),
            LogisticGlmJson.read(json(files, "glm.json")),
            IntervalsFile.read(json(files, "quantiles.json"), intervalsFile, scales),
            intervalsFile,
            PartsJson.readPriors(json(files, "priors.json"), definition.prior()),
            PartsJson.readFlagCounts(json(files, "flags.json"), definition.flags()),
            threshold(facts, definition),
            PartsJson.readTraining(facts.path("training"))),
        fingerprint);
    long counted = bundle.parts().flagCounts().rows();
    if (counted != bundle.parts().training().rows()) {
      throw new IllegalArgumentException("flags.json counts " + counted + " rows, and facts.json "
          + bundle.parts().training().rows());
    }
    if (!json(files, "sources.json").equals(sources(bundle))) {
      throw new IllegalArgumentException("sources.json is not the sources that its domain gives");
    }
    List<String> differences = GoldenVectors.differences(bundle, json(files, "golden.json"));
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "it does not score as it did where it was made: " + differences.get(0));
    }
    return bundle;
  }

  private static double threshold(JsonNode facts, DomainDefinition definition) {
    JsonNode threshold = facts.path("threshold");
    if (!threshold.isNumber() || threshold.doubleValue() != definition.threshold()) {
      throw new IllegalArgumentException(
          "facts.json has threshold " + threshold + ", and domain.yaml " + definition.threshold());
    }
    return threshold.doubleValue();
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new IllegalArgumentException(name + " is missing from the manifest");
    }
    return content;
  }

  private static JsonNode json(Map<String, byte[]> files, String name) {
    return json(name, file(files, name));
  }

  private static JsonNode json(String name, byte[] content) {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(name + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
