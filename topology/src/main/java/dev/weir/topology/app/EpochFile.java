package dev.weir.topology.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The highest epoch that an instance has ever activated for its scope, kept beside its state: under a
 * lower one, as after a loss of the policy topic, it must not decide.
 */
final class EpochFile {
  private final Path file;
  private long highest;

  /**
   * @throws IllegalStateException if the file is there and cannot be read
   * @throws UncheckedIOException if the directory cannot be made
   */
  EpochFile(Path stateDir, String scope) {
    this.file = stateDir.resolve(scope + ".epoch");
    this.highest = read(file);
  }

  private static long read(Path file) {
    if (!Files.exists(file)) {
      return -1;
    }
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException e) {
      throw new IllegalStateException(
          "cannot read " + file + ", which has the highest epoch that was" + " activated: " + e
              + "; put that number in, or delete it if any release will do",
          e);
    }
  }

  Path path() {
    return file;
  }

  /** The highest epoch; −1 before the first. */
  synchronized long highest() {
    return highest;
  }

  /**
   * Remembers an epoch, if it is higher.
   *
   * @throws UncheckedIOException if it cannot be written; it is then not remembered, and may be tried again
   */
  synchronized void raise(long epoch) {
    if (epoch <= highest) {
      return;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path whole = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(whole, epoch + "\n");
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      highest = epoch;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remember epoch " + epoch + " in " + file, e);
    }
  }
}
