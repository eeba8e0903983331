package dev.weir.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.stream.Stream;

/** Files that are there whole or not at all. */
final class WholeFile {
  private WholeFile() {}

  /** Writes lines to a file beside the target, then moves it into place. */
  static void writeLines(Path target, Stream<String> lines) {
    Path fresh = target.toAbsolutePath().resolveSibling("." + target.getFileName() + ".writing");
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(fresh)) {
        Iterator<String> iterator = lines.iterator();
        while (iterator.hasNext()) {
          writer.write(iterator.next());
          writer.write('\n');
        }
      }
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target + ": " + e, e);
    }
  }
}
