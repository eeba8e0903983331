package dev.weir.topology.book;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Bundles by fingerprint, from a directory of bundle directories and, where it lacks one, from the
 * bundle topic, whose bundles are kept in the directory. One read is kept in memory.
 *
 * <p>Finding throws IllegalArgumentException if the bundle is in the directory and cannot be used, and
 * another exception if it may be there later.
 */
public final class BundleStore implements Function<Fingerprint, Optional<Bundle>>, AutoCloseable {
  private static final String MANIFEST = "manifest.json";
  private static final int KEPT_MAX = 8;

  private final Path directory;
  private final Optional<BundleFetch> fetch;
  private final Map<Fingerprint, Bundle> read = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Fingerprint, Bundle> eldest) {
      return size() > KEPT_MAX;
    }
  };

  /** @param directory need not exist yet */
  public BundleStore(Path directory) {
    this(directory, Optional.empty());
  }

  BundleStore(Path directory, Optional<BundleFetch> fetch) {
    this.directory = directory;
    this.fetch = fetch;
  }

  /**
   * A store that fetches what its directory lacks.
   *
   * @param topic the bundle topic
   * @param kafka client settings: addresses, security
   */
  public static BundleStore connect(Path directory, String topic, Map<String, Object> kafka) {
    return new BundleStore(
        directory, Optional.of(new BundleFetch(() -> FeedClients.consumer(kafka), topic)));
  }

  @Override
  public synchronized Optional<Bundle> apply(Fingerprint fingerprint) {
    Bundle kept = read.get(fingerprint);
    if (kept != null) {
      return Optional.of(kept);
    }
    Optional<Bundle> found = find(fingerprint).map(BundleDirectory::read);
    Optional<Bundle> had =
        found.isPresent() ? found : fetch.flatMap(from -> fetched(fingerprint, from));
    had.ifPresent(bundle -> read.put(fingerprint, bundle));
    if (had.isPresent()) {
      fetch.ifPresent(BundleFetch::close);
    }
    return had;
  }

  private Optional<Bundle> fetched(Fingerprint fingerprint, BundleFetch from) {
    Optional<SortedMap<String, byte[]>> files = from.read(fingerprint);
    try {
      return files.isEmpty() ? Optional.empty() : Optional.of(keep(fingerprint, files.get()));
    } catch (IllegalArgumentException e) {
      throw from.reject(fingerprint, e);
    } catch (IOException e) {
      throw new BundleUnavailable(
          "came and cannot be kept in " + directory + ": " + e.getClass().getSimpleName(), e);
    }
  }

  /* Read before it has its name, so that nothing wrong is ever found under one. */
  private Bundle keep(Fingerprint fingerprint, SortedMap<String, byte[]> files) throws IOException {
    Path fresh = directory.resolve("." + UUID.randomUUID());
    Files.createDirectories(fresh);
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(fresh.resolve(file.getKey()), file.getValue());
      }
      Bundle bundle = BundleDirectory.read(fresh);
      if (find(fingerprint).isEmpty()) {
        Files.move(fresh, directory.resolve(fingerprint.hex()), StandardCopyOption.ATOMIC_MOVE);
      }
      return bundle;
    } finally {
      for (String name : files.keySet()) {
        Files.deleteIfExists(fresh.resolve(name));
      }
      Files.deleteIfExists(fresh);
    }
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

  /** Gives up what was being fetched; what was read stays. */
  @Override
  public synchronized void close() {
    fetch.ifPresent(BundleFetch::close);
  }
}
