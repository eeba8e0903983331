package dev.weir.testkit.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The right of one broker to write in a directory, against every other on this machine. */
final class DirectoryLock implements AutoCloseable {
  /*
   * Kafka has a lock of its own, but takes it late: by then a second broker has made itself leader in the
   * first one's metadata log, and the first never stops.
   *
   * The set is for brokers of this JVM. The file alone would not do: closing a second channel on it, after
   * a refusal, releases the first channel's lock on POSIX systems.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** The lock on an existing directory. The system releases it when this process dies. */
  static DirectoryLock acquire(Path directory) {
    try {
      Path real = directory.toRealPath();
      if (!HELD_HERE.add(real)) {
        throw inUse(directory);
      }
      FileChannel channel = lockedChannel(real.resolve("lock"));
      if (channel == null) {
        HELD_HERE.remove(real);
        throw inUse(directory);
      }
      return new DirectoryLock(real, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + directory, e);
    }
  }

  private static @Nullable FileChannel lockedChannel(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return null;
    }
    return channel;
  }

  private static IllegalStateException inUse(Path directory) {
    return new IllegalStateException(
        "another broker runs in %s; close it, or pass another directory".formatted(directory));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unlock " + directory, e);
    } finally {
      HELD_HERE.remove(directory);
    }
  }
}
