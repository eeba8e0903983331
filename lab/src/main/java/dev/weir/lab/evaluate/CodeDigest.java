package dev.weir.lab.evaluate;

import dev.weir.gating.gate.Gate;
import dev.weir.lab.train.Trainer;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this build's classes are, so that nothing kept by other code is taken for its own. Jars are built
 * reproducibly: the same sources have the same digest.
 */
final class CodeDigest {
  /** Of the modules that train, score and decide. */
  static final Fingerprint OURS = of(List.of(Trainer.class, Bundle.class, Gate.class));

  private CodeDigest() {}

  private static Fingerprint of(List<Class<?>> modules) {
    return Fingerprint.of(
        modules.stream().map(CodeDigest::module).collect(Collectors.joining("\n")));
  }

  private static String module(Class<?> one) {
    try {
      Path code =
          Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(code)) {
        return digest(code);
      }
      try (Stream<Path> files = Files.walk(code)) {
        return files
            .filter(Files::isRegularFile)
            .sorted()
            .map(CodeDigest::digest)
            .collect(Collectors.joining());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the classes of " + one.getName(), e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String digest(Path file) {
    try {
      return Fingerprint.of(Files.readAllBytes(file)).hex();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
