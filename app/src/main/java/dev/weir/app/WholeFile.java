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

  /**
   * Checks, before the work, that a file can be written.
   *
   * @throws IllegalArgumentException if it is a directory, or its directory is missing or closed
   */
  static void requireWritable(Path target) {
    Path directory = target.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(target)) {
      throw new IllegalArgumentException(
          "cannot write " + target + ": it is a directory; name a file");
    }
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "cannot write " + target + ": " + directory + " is a file; name a directory");
    }
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "cannot write " + target + ": there is no directory " + directory + "; make it first");
    }
    if (!Files.isWritable(directory)) {
      throw new IllegalArgumentException(
          "cannot write " + target + ": no permission to write in " + directory);
    }
  }

  /** Writes lines to a file beside the target, then moves it into place. */
  static void writeLines(Path target, Stream<String> lines) {
    requireWritable(target);
    Path fresh = target.toAbsolutePath().resolveSibling("." + target.getFileName() + ".writing");
    try {
      try {
        write(fresh, lines.iterator());
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target + ": " + e, e);
    }
  }

  private static void write(Path file, Iterator<String> lines) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      while (lines.hasNext()) {
        writer.write(lines.next());
        writer.write('\n');
      }
    }
  }

  /** Removes a file of an earlier run, if there is one. */
  static void remove(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + target + ": " + e, e);
    }
  }
}
