package dev.weir.gating.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.TinyBundle;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.bundle.UnusableBundle;
import dev.weir.model.feature.Evidence;
import dev.weir.model.reference.Frequencies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bundle on disk: whole and unchanged, or refused with a message that names the file. */
class BundleDirectoryTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path temporary;

  private Path directory;
  private Bundle written;

  @BeforeEach
  void write() {
    directory = temporary.resolve("bundle");
    written = BundleDirectory.write(directory, TinyBundle.parts(), TinyBundle.records());
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  /** Changes a JSON file and the manifest with it. */
  private void change(String name, Consumer<JsonNode> change) throws IOException {
    Path file = directory.resolve(name);
    JsonNode json = JSON.readTree(file.toFile());
    change.accept(json);
    JSON.writeValue(file.toFile(), json);
    ObjectNode manifest =
        (ObjectNode) JSON.readTree(directory.resolve("manifest.json").toFile());
    if (!name.equals("manifest.json")) {
      ((ObjectNode) manifest.path("files"))
          .put(name, Fingerprint.of(Files.readAllBytes(file)).hex());
      JSON.writeValue(directory.resolve("manifest.json").toFile(), manifest);
    }
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(() -> BundleDirectory.read(directory))
        .isInstanceOf(UnusableBundle.class)
        .message()
        .contains(List.of(words));
  }

  @Test
  void read_writtenBundle_isTheSame() {
    Bundle read = BundleDirectory.read(directory);
    assertThat(read.fingerprint()).isEqualTo(written.fingerprint());
    assertThat(read.sources()).isEqualTo(written.sources());
    assertThat(read.threshold()).isEqualTo(written.threshold());
    assertThat(read.flagCounts()).isEqualTo(written.flagCounts());
    assertThat(read.parts().training()).isEqualTo(written.parts().training());
    TinyBundle.records().forEach(record -> {
      Evidence evidence = read.evidence(record);
      assertThat(read.prior(evidence)).isEqualTo(written.prior(written.evidence(record)));
      assertThat(read.score(evidence, read.prior(evidence)))
          .usingRecursiveComparison()
          .isEqualTo(written.score(evidence, written.prior(evidence)));
    });
  }

  @Test
  void write_sameParts_givesTheSameBytes() throws IOException {
    Path other = temporary.resolve("other");
    BundleDirectory.write(other, TinyBundle.parts(), TinyBundle.records());
    for (Path file : files(directory)) {
      assertThat(other.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void write_anyTime_leavesNothingBeside() throws IOException {
    BundleDirectory.write(directory, TinyBundle.parts(), TinyBundle.records());
    assertThat(files(temporary)).containsExactly(directory);
  }

  @Test
  void write_goldenNames_areReplaced() throws IOException {
    assertThat(Files.readString(directory.resolve("golden.json")))
        .contains("golden-0")
        .doesNotContain("\"0000\"");
  }

  @Test
  void read_anyByteChanged_namesTheFile() throws IOException {
    for (Path file : files(directory)) {
      byte[] content = Files.readAllBytes(file);
      String name = file.getFileName().toString();
      if (!name.equals("manifest.json")) {
        byte[] changed = content.clone();
        changed[content.length / 2] ^= 1;
        Files.write(file, changed);
        assertRefused(name, "changed");
        Files.write(file, content);
      }
    }
  }

  @Test
  void read_anyFileMissing_namesTheFile() throws IOException {
    for (Path file : files(directory)) {
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      assertRefused(file.getFileName().toString());
      Files.write(file, content);
    }
  }

  @Test
  void read_fileTooMany_namesTheFile() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "hello");
    assertRefused("notes.txt");
  }

  @Test
  void read_anyFileTakenOutOfTheManifest_isRefused() throws IOException {
    for (Path file : files(directory)) {
      String name = file.getFileName().toString();
      if (!name.equals("manifest.json")) {
        byte[] content = Files.readAllBytes(file);
        byte[] manifest = Files.readAllBytes(directory.resolve("manifest.json"));
        Files.delete(file);
        change("manifest.json", json -> ((ObjectNode) json.path("files")).remove(name));
        assertRefused(name.startsWith("member-") ? "golden vector" : name);
        Files.write(file, content);
        Files.write(directory.resolve("manifest.json"), manifest);
      }
    }
  }

  @Test
  void read_otherFormat_isRefused() throws IOException {
    change("manifest.json", json -> ((ObjectNode) json).put("format", 1));
    assertRefused("manifest.json", "format 1");
  }

  @Test
  void read_otherKind_isRefused() throws IOException {
    change("manifest.json", json -> ((ObjectNode) json).put("kind", "borrowed"));
    assertRefused("manifest.json", "borrowed");
    change("manifest.json", json -> ((ObjectNode) json).put("kind", "external"));
    assertRefused("no field with role probability");
    change("manifest.json", json -> ((ObjectNode) json).put("kind", "imported"));
    assertRefused("features.yaml is missing");
  }

  @Test
  void read_fileThatTheManifestNamesBesides_isRefused() throws IOException {
    byte[] stranger = "hello".getBytes(StandardCharsets.UTF_8);
    Files.write(directory.resolve("notes.txt"), stranger);
    change(
        "manifest.json",
        json -> ((ObjectNode) json.path("files"))
            .put("notes.txt", Fingerprint.of(stranger).hex()));
    assertRefused("notes.txt is no part of a bundle of kind native");
  }

  @Test
  void read_keyThatNoEngineWrites_isRefusedInEveryFile() throws IOException {
    for (String name : List.of(
        "reference.json",
        "imputer.json",
        "priors.json",
        "flags.json",
        "glm.json",
        "sources.json",
        "facts.json")) {
      byte[] content = Files.readAllBytes(directory.resolve(name));
      byte[] manifest = Files.readAllBytes(directory.resolve("manifest.json"));
      change(name, json -> ((ObjectNode) json).put("zzz", "more"));
      assertRefused(name.replace(".json", ""));
      Files.write(directory.resolve(name), content);
      Files.write(directory.resolve("manifest.json"), manifest);
    }
  }

  @Test
  void read_manifestWithMore_isRefused() throws IOException {
    change("manifest.json", json -> ((ObjectNode) json).put("author", "me"));
    assertRefused("manifest.json holds more");
  }

  @Test
  void read_reference_countsMissingImputedZeroAndCategories() {
    Frequencies found = BundleDirectory.read(directory).reference().frequencies();
    Frequencies counted = Frequencies.learn(
        written.definition().domain(), written.reference().vocabulary(), TinyBundle.records());
    assertThat(found).usingRecursiveComparison().isEqualTo(counted);
    assertThat(found.rows()).isEqualTo(TinyBundle.records().size());
  }

  @Test
  void read_goldenVectorDiffers_isRefused() throws IOException {
    change("golden.json", json -> ((ObjectNode) json.get(2).path("score")).put("pGlm", "0"));
    assertRefused("golden vector 2");
  }

  @Test
  void read_calibratorDiffers_failsItsGoldenVectors() throws IOException {
    change("calibrator.json", json -> ((ObjectNode) json).put("slope", 1.1000000001));
    assertRefused("golden vector 0");
  }

  @Test
  void read_noGoldenVectors_isRefused() throws IOException {
    change("golden.json", json -> ((ArrayNode) json).removeAll());
    assertRefused("golden.json");
  }

  @Test
  void read_goldenVectorWithoutScore_isRefused() throws IOException {
    change("golden.json", json -> ((ObjectNode) json.get(0)).remove("score"));
    assertRefused("golden");
  }

  @Test
  void read_sourcesInOtherOrder_isRefused() throws IOException {
    change("sources.json", json -> {
      ArrayNode sources = (ArrayNode) json.path("sources");
      sources.add(sources.remove(0));
    });
    assertRefused("sources.json");
  }

  @Test
  void read_thresholdMissingOrNotTheDomains_isRefused() throws IOException {
    change("facts.json", json -> ((ObjectNode) json).put("threshold", 0.6));
    assertRefused("threshold 0.6", "domain.yaml 0.5");
    change("facts.json", json -> ((ObjectNode) json).remove("threshold"));
    assertRefused("threshold");
  }

  /* A wrong count would move the ordinary rate of fragile records, and with it every hold. */
  @ParameterizedTest
  @CsvSource({
    "count, -5, no such number of rows",
    "count, 0, no such number of rows",
    "count, 11, counts 21 rows",
    "finestN, -5, no such number of rows",
    "finestN, 2.5, whole number",
  })
  void read_flagCountThatNoRowsGive_isRefused(String key, double value, String words)
      throws IOException {
    change("flags.json", json -> {
      ObjectNode one = (ObjectNode) json.path("combinations").get(0);
      if (value == Math.rint(value)) {
        one.put(key, (int) value);
      } else {
        one.put(key, value);
      }
    });
    assertRefused(words);
  }

  @Test
  void read_flagCountTwice_isRefused() throws IOException {
    change("flags.json", json -> {
      ArrayNode all = (ArrayNode) json.path("combinations");
      all.add(all.get(0).deepCopy());
    });
    assertRefused("comes twice");
  }

  @Test
  void read_anyTopKeyGone_isRefusedNotThrown() throws IOException {
    for (Path file : files(directory)) {
      String name = file.getFileName().toString();
      if (!name.endsWith(".json") || name.equals("manifest.json") || name.equals("golden.json")) {
        continue;
      }
      byte[] content = Files.readAllBytes(file);
      byte[] manifest = Files.readAllBytes(directory.resolve("manifest.json"));
      for (var key : JSON.readTree(content).properties()) {
        change(name, json -> ((ObjectNode) json).remove(key.getKey()));
        if (!(name + "." + key.getKey()).matches("(member-.*|quantiles).json.version")) {
          assertRefused("refused");
        }
        change(name, json -> ((ObjectNode) json).put(key.getKey(), "nonsense"));
        assertRefused("refused");
        Files.write(file, content);
        Files.write(directory.resolve("manifest.json"), manifest);
      }
    }
  }

  @Test
  void read_noManifest_saysHowToMakeABundle() {
    assertThatThrownBy(() -> BundleDirectory.read(temporary))
        .isInstanceOf(UnusableBundle.class)
        .hasMessageContaining("manifest.json");
  }

  @Test
  void write_directoryWithSomethingElse_isRefusedAndLeftAlone() throws IOException {
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.writeString(other.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> BundleDirectory.write(other, TinyBundle.parts(), TinyBundle.records()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other");
    assertThat(other.resolve("thesis.txt")).hasContent("years of work");
  }

  @Test
  void write_bundleWithSomethingElseBeside_isRefusedAndLeftAlone() throws IOException {
    Files.writeString(directory.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(
            () -> BundleDirectory.write(directory, TinyBundle.parts(), TinyBundle.records()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("thesis.txt");
    assertThat(directory.resolve("thesis.txt")).hasContent("years of work");
    assertThat(directory.resolve("domain.yaml")).exists();
  }

  @Test
  void write_emptyDirectory_isFilled() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    BundleDirectory.write(empty, TinyBundle.parts(), TinyBundle.records());
    assertThat(BundleDirectory.read(empty).fingerprint()).isEqualTo(written.fingerprint());
  }

  @Test
  void write_leftoversOfAnEarlierCrash_areRemoved() throws IOException {
    Path leftover = Files.createDirectory(temporary.resolve(".bundle.writing"));
    Files.writeString(leftover.resolve("domain.yaml"), "half");
    BundleDirectory.write(directory, TinyBundle.parts(), TinyBundle.records());
    assertThat(files(temporary)).containsExactly(directory);
  }
}
