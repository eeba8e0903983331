package dev.weir.app;

import dev.weir.model.document.Document;
import dev.weir.model.document.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** {@code weir.yaml}: settings by name, see docs/running.md. */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * The settings in a file, by name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Map<String, String> settings(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no configuration " + file + "; see docs/running.md");
    }
    try {
      return Document.read(
          String.valueOf(file.getFileName()), Files.readString(file), ConfigFile::flat);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> flat(Section section) {
    Map<String, String> settings = new HashMap<>();
    for (String key : section.keys()) {
      section.scalar(key).ifPresent(value -> settings.put(key, text(value)));
    }
    return settings;
  }

  private static String text(Object value) {
    return value instanceof Double number && number == Math.rint(number)
        ? String.valueOf(number.longValue())
        : value.toString();
  }
}
