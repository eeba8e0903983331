package dev.weir.gating.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys in PEM files (RFC 7468), as OpenSSL writes and reads them: {@code NAME.pub} has the public
 * half; {@code NAME.key} has both, and must be readable by its owner alone.
 */
public final class KeyFile {
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  static final String OWNER_ONLY = "rw-------";
  private static final String EVERYBODY_READS = "rw-r--r--";
  private static final long BYTES_MAX = 16_384;
  private static final int LINE = 64;

  private KeyFile() {}

  /**
   * Writes both files of a new key; an existing file is never replaced.
   *
   * @param name path without extension
   * @throws IllegalArgumentException if a file cannot be written, or is there already
   */
  public static void write(Path name, SigningKey key) {
    String publicBlock = block(PUBLIC, key.publicKey().encoded());
    write(beside(name, ".key"), block(PRIVATE, key.encoded()) + publicBlock, OWNER_ONLY);
    write(beside(name, ".pub"), publicBlock, EVERYBODY_READS);
  }

  /** The path of one of a key's files. */
  public static Path beside(Path name, String extension) {
    return name.resolveSibling(name.getFileName() + extension);
  }

  /**
   * Reads a private key's file.
   *
   * @throws IllegalArgumentException if there is none, others may read it, or it is no such key
   */
  public static SigningKey readPrivate(Path file) {
    String text = text(file);
    requireBothHalves(file, text);
    requireOwnersAlone(file);
    return named(
        file, () -> SigningKey.of(decoded(PRIVATE, text), VerifyingKey.of(decoded(PUBLIC, text))));
  }

  /**
   * Reads a public key's file.
   *
   * @throws IllegalArgumentException if there is none, or it is no such key
   */
  public static VerifyingKey readPublic(Path file) {
    String text = text(file);
    return named(file, () -> VerifyingKey.of(decoded(PUBLIC, text)));
  }

  private static <T> T named(Path file, java.util.function.Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static void requireBothHalves(Path file, String text) {
    if (text.contains("BEGIN " + PUBLIC) && !text.contains("BEGIN " + PRIVATE)) {
      throw new IllegalArgumentException(file + " is the public half of a key; give the private"
          + " one, " + String.valueOf(file.getFileName()).replaceFirst("(\\.pub)?$", ".key"));
    }
  }

  static void requireOwnersAlone(Path file) {
    try {
      Set<PosixFilePermission> given = Files.getPosixFilePermissions(file);
      boolean isOpen =
          given.stream().anyMatch(permission -> !permission.name().startsWith("OWNER"));
      if (isOpen) {
        throw new IllegalArgumentException("others may use the private key " + file + " ("
            + PosixFilePermissions.toString(given) + "); close it with: chmod 600 " + file);
      }
    } catch (UnsupportedOperationException e) {
      // A file system without such permissions: there is nothing to check.
      return;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static String text(Path file) {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new IllegalArgumentException(
            file + " has more than " + BYTES_MAX + " bytes and is no key file");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static IllegalArgumentException unreadable(Path file, IOException e) {
    return new IllegalArgumentException(
        e instanceof NoSuchFileException
            ? "no key file " + file + "; make one with: weir policy keygen NAME"
            : "cannot read the key file " + file + ": " + e.getMessage(),
        e);
  }

  private static byte[] decoded(String label, String text) {
    Matcher block = Pattern.compile(
            "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----")
        .matcher(text);
    if (!block.find()) {
      throw new IllegalArgumentException(
          "has no block 'BEGIN " + label + "'; it is not such a key file of weir policy keygen");
    }
    return Base64.getMimeDecoder().decode(block.group(1));
  }

  private static String block(String label, byte[] der) {
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  static void write(Path file, String text, String permissions) {
    try {
      create(file, permissions);
      Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(
          file + " is there already, and a key is never replaced; name another file", e);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "cannot write " + file + ": its directory is missing; make it first", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e, e);
    }
  }

  /* With its permissions from the start: there must be no moment in which others can open it. */
  private static void create(Path file, String permissions) throws IOException {
    FileAttribute<Set<PosixFilePermission>> attribute =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    try {
      Files.createFile(file, attribute);
    } catch (UnsupportedOperationException e) {
      Files.createFile(file);
    }
  }
}
