package dev.weir.gating.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  @TempDir
  Path directory;

  private Path secret;
  private Path open;

  @BeforeEach
  void write() {
    KeyFile.write(directory.resolve("alice"), Keys.FIRST);
    secret = directory.resolve("alice.key");
    open = directory.resolve("alice.pub");
  }

  @Test
  void read_both_areTheKey() {
    assertThat(KeyFile.readPrivate(secret).keyId()).isEqualTo(Keys.FIRST.keyId());
    assertThat(KeyFile.readPublic(open)).isEqualTo(Keys.FIRST.publicKey());
  }

  @Test
  void write_privateFile_isItsOwnersAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(open)).doesNotContain("PRIVATE");
  }

  @Test
  void readPrivate_publicHalf_namesTheOtherFile() {
    assertThatThrownBy(() -> KeyFile.readPrivate(open))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(open + " is the public half of a key; give the private one, alice.key");
  }

  @Test
  void write_again_replacesNothing() throws IOException {
    String before = Files.readString(secret);

    assertThatThrownBy(() -> KeyFile.write(directory.resolve("alice"), Keys.SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never replaced");
    assertThat(Files.readString(secret)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
  void readPrivate_openToOthers_isRefusedWithTheRemedy(String permissions) throws IOException {
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(permissions));

    assertThatThrownBy(() -> KeyFile.readPrivate(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(permissions)
        .hasMessageContaining("chmod 600 " + secret);
  }

  @Test
  void read_noSuchFile_saysHowToMakeOne() {
    assertThatThrownBy(() -> KeyFile.readPrivate(directory.resolve("bob.key")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weir policy keygen");
    assertThatThrownBy(() -> KeyFile.readPublic(directory.resolve("bob.pub")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weir policy keygen");
  }

  @Test
  void readPublic_damagedKey_isRefusedWithItsFile() throws IOException {
    Files.writeString(open, Files.readString(open).replace("MCow", "MCoA"));

    assertThatThrownBy(() -> KeyFile.readPublic(open))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(open.toString());
  }

  @Test
  void readPublic_largeFile_isNoKeyFile(@TempDir Path large) throws IOException {
    Path file = large.resolve("large.pub");
    Path name = large.resolve("a");
    KeyFile.write(name, Keys.FIRST);
    String key = Files.readString(KeyFile.beside(name, ".pub"));

    Files.writeString(file, key + " ".repeat(16_384 - key.length()));
    assertThat(KeyFile.readPublic(file)).isEqualTo(Keys.FIRST.publicKey());
    Files.writeString(file, key + " ".repeat(16_385 - key.length()));
    assertThatThrownBy(() -> KeyFile.readPublic(file))
        .hasMessageContaining("more than 16384 bytes");
  }
}
