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
      write(fresh, lines);
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target + ": " + e, e);
    } finally {
      remove(fresh);
    }
  }

  private static void write(Path file, Stream<String> lines) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      Iterator<String> iterator = lines.iterator();
      while (iterator.hasNext()) {
        writer.write(iterator.next());
        writer.write('\n');
      }
    }
  }

  /** Removes a file, if there is one. */
  static void remove(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + target + ": " + e, e);
    }
  }
}
