package dev.weir.topology.book;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Bundles by fingerprint, from a directory of bundle directories; one read is kept.
 *
 * <p>Finding throws IllegalArgumentException if the bundle is there and cannot be used.
 */
public final class BundleStore implements Function<Fingerprint, Optional<Bundle>> {
  private static final String MANIFEST = "manifest.json";
  private static final int KEPT_MAX = 8;

  private final Path directory;
  private final Map<Fingerprint, Bundle> read = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Fingerprint, Bundle> eldest) {
      return size() > KEPT_MAX;
    }
  };

  /** @param directory need not exist yet */
  public BundleStore(Path directory) {
    this.directory = directory;
  }

  @Override
  public synchronized Optional<Bundle> apply(Fingerprint fingerprint) {
    Bundle kept = read.get(fingerprint);
    if (kept != null) {
      return Optional.of(kept);
    }
    Optional<Bundle> found = find(fingerprint).map(BundleDirectory::read);
    found.ifPresent(bundle -> read.put(fingerprint, bundle));
    return found;
  }

  private Optional<Path> find(Fingerprint fingerprint) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> candidates = entries.sorted().toList();
      for (Path candidate : candidates) {
        Path manifest = candidate.resolve(MANIFEST);
        if (!isHidden(candidate)
            && Files.isRegularFile(manifest)
            && Fingerprint.of(Files.readAllBytes(manifest)).equals(fingerprint)) {
          return Optional.of(candidate);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for bundles in " + directory + ": " + e, e);
    }
  }

  /* A bundle is written under a hidden name and moved into place when it is whole. */
  private static boolean isHidden(Path candidate) {
    return String.valueOf(candidate.getFileName()).startsWith(".");
  }
}
