package dev.weir.app;

import dev.weir.lab.world.PassengerWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A synthetic file and the bundle that {@code weir train} makes of it, once for all tests that
 * extend with this class.
 *
 * @param training what the training printed
 */
record Trained(Path data, Path bundle, Run training) {
  static final int ROWS = 900;

  /** Gives a test the trained bundle; training happens at the first use. */
  static final class Once implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Trained.class;
    }

    @Override
    public Trained resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(Trained.class))
          .computeIfAbsent(Workshop.class, key -> new Workshop(), Workshop.class)
          .trained;
    }
  }

  /** The directory of both, gone with the last test. */
  private static final class Workshop implements AutoCloseable {
    private final Path directory;
    private final Trained trained;

    Workshop() {
      try {
        directory = Files.createTempDirectory("weir-trained");
        Path data = directory.resolve("world.csv");
        PassengerWorld.writeCsv(data, PassengerWorld.rows(ROWS, 5));
        Path bundle = directory.resolve("bundle");
        trained = new Trained(data, bundle, Run.of("train", "--data", data, "--out", bundle));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
