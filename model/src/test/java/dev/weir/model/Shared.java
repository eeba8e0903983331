package dev.weir.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of reference values shared by several projects, which is not part of this repository. */
public final class Shared {
  private Shared() {}

  /** The folder named by {@code -Dweir.shared}, else {@code ../../shared} beside the module, if it is there. */
  public static Optional<Path> find() {
    return Optional.of(Path.of(System.getProperty("weir.shared", "../../shared")))
        .filter(Files::isDirectory);
  }
}
