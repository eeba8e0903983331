package dev.weir.gating;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The directory of shared reference data, which is not part of the repository. */
public final class Shared {
  private Shared() {}

  /** The directory named by the system property {@code weir.shared}, else ../../shared. */
  public static Optional<Path> find() {
    String property = System.getProperty("weir.shared");
    Path path = property != null ? Path.of(property) : Path.of("..", "..", "shared");
    return Files.isDirectory(path) ? Optional.of(path) : Optional.empty();
  }
}
