package dev.weir.app;

import dev.weir.model.document.Document;
import dev.weir.model.document.Section;
import dev.weir.topology.setting.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code weir.yaml}: settings by name, see docs/running.md. */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * What a reader makes of the settings in a file.
   *
   * @throws IllegalArgumentException if there is no file, or with every mistake in it and its place
   */
  static <T> T read(Path file, Function<Map<String, String>, T> reader) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no configuration " + file + "; see docs/running.md");
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
    return Document.read(String.valueOf(file.getFileName()), text, section -> read(section, reader))
        .orElseThrow();
  }

  private static <T> Optional<T> read(Section section, Function<Map<String, String>, T> reader) {
    try {
      return Optional.of(reader.apply(settings(section)));
    } catch (InvalidSettings e) {
      e.mistakes().forEach(mistake -> section.note(mistake.setting(), mistake.message()));
      return Optional.empty();
    }
  }

  /* As they are written: a password of digits is no number. */
  private static Map<String, String> settings(Section section) {
    Map<String, String> settings = new HashMap<>();
    for (String key : section.keys()) {
      section.literal(key).ifPresent(value -> settings.put(key, value));
    }
    return settings;
  }
}
