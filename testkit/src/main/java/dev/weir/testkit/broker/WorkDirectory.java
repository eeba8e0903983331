package dev.weir.testkit.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The directory in which one server lives: the caller's, which stays, or a temporary one of ours. */
public record WorkDirectory(Path path, boolean isTemporary) {

  /** The given directory, created if absent; without one, a fresh temporary directory. */
  public static WorkDirectory open(@Nullable Path given) {
    try {
      if (given == null) {
        return new WorkDirectory(Files.createTempDirectory("weir-server-"), true);
      }
      return new WorkDirectory(Files.createDirectories(given.toAbsolutePath()), false);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot create the server's directory %s; pass one that is writable"
              .formatted(given == null ? System.getProperty("java.io.tmpdir") : given),
          e);
    }
  }

  /** Deletes the directory and what is in it, if it is ours. */
  public void deleteIfTemporary() {
    if (!isTemporary || Files.notExists(path)) {
      return;
    }
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete %s; delete it by hand".formatted(path), e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
