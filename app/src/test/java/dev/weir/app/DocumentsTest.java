package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What a user reads is so: each command line is accepted, each link leads somewhere, each setting is one. */
class DocumentsTest {
  private static final Path HOME = Path.of("..");
  private static final CommandLine WEIR = Weir.commandLine();
  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");
  private static final Pattern INLINE = Pattern.compile("(?s)`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  @TempDir
  Path directory;

  static Stream<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(HOME, 4)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("target"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void documents_areFound() throws IOException {
    assertThat(documents()).contains(HOME.resolve("README.md"), HOME.resolve("docs/running.md"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void commandLineInABlock_isAccepted(Path document) {
    List<String> refused = new ArrayList<>();
    for (String line : blocks(document)) {
      if (line.startsWith("./weir ")) {
        refusal(line).ifPresent(e -> refused.add(line + ": " + e.getMessage()));
      }
    }

    assertThat(refused).isEmpty();
  }

  private static List<String> blocks(Path document) {
    return FENCED
        .matcher(text(document))
        .results()
        .map(block -> block.group(2).replaceAll("\\\\\\n\\s*", ""))
        .flatMap(String::lines)
        .map(String::strip)
        .toList();
  }

  /** Half a line, as {@code weir policy rollback}, may lack what is needed, but has nothing wrong. */
  @ParameterizedTest
  @MethodSource("documents")
  void commandInASentence_hasNothingUnknown(Path document) {
    String sentences = FENCED.matcher(text(document)).replaceAll("");
    List<String> refused = new ArrayList<>();
    INLINE
        .matcher(sentences)
        .results()
        .map(found -> found.group(1).replaceAll("\\s+", " "))
        .filter(line -> line.matches("(\\./)?weir [a-z].*"))
        .forEach(line -> refusal(line)
            .filter(e -> !(e instanceof CommandLine.MissingParameterException))
            .ifPresent(e -> refused.add(line + ": " + e.getMessage())));

    assertThat(refused).isEmpty();
  }

  private static Optional<CommandLine.ParameterException> refusal(String line) {
    String[] words = line.replaceAll("\\s+[#>].*", "")
        .replaceAll("^\\S+\\s+", "")
        .replaceAll("\\bN\\b", "1")
        .split("\\s+");
    try {
      WEIR.parseArgs(words);
      return Optional.empty();
    } catch (CommandLine.ParameterException e) {
      return Optional.of(e);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linkToAFile_leadsSomewhere(Path document) {
    String prose = INLINE.matcher(FENCED.matcher(text(document)).replaceAll("")).replaceAll("`");
    List<String> dead = LINK.matcher(prose)
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.contains("://") && !leadsSomewhere(document, link))
        .toList();

    assertThat(dead).isEmpty();
  }

  private static boolean leadsSomewhere(Path document, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  private static List<String> anchors(Path document) {
    return HEADING
        .matcher(text(document))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void settingsInRunning_areAllKnown() throws IOException {
    MatchResult file = FENCED
        .matcher(text(HOME.resolve("docs/running.md")))
        .results()
        .filter(block -> block.group(1).equals("yaml"))
        .findFirst()
        .orElseThrow();
    Path config = Files.writeString(directory.resolve("weir.yaml"), file.group(2));

    assertThat(Run.of("run", "--config", config).errLines())
        .anySatisfy(line -> assertThat(line).contains("no key file alice.pub"))
        .noneSatisfy(line -> assertThat(line).contains("unknown"));
  }
}
