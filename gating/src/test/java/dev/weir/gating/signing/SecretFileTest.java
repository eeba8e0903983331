package dev.weir.gating.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretFileTest {
  @TempDir
  Path directory;

  private Path file(String text, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("s.secret"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void read_whatWasWritten_isTheSecretForItsOwnerAlone() throws IOException {
    Path file = directory.resolve("s.secret");
    byte[] secret = new byte[32];
    secret[31] = -1;

    SecretFile.write(file, secret);

    assertThat(SecretFile.read(file)).isEqualTo(secret);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> SecretFile.write(file, secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is there already");
  }

  @ParameterizedTest
  @CsvSource({"16,true", "15,false", "64,true", "65,false", "0,false"})
  void read_anyLength_isWithinItsBounds(int bytes, boolean isGood) throws IOException {
    Path file = file("ab".repeat(bytes) + "\n", "rw-------");
    if (isGood) {
      assertThat(SecretFile.read(file)).hasSize(bytes);
    } else {
      assertThatThrownBy(() -> SecretFile.read(file))
          .hasMessageContaining("is no secret of 32 to 128 hexadecimal digits");
    }
  }

  @Test
  void read_otherText_isRefusedWithoutTellingIt() throws IOException {
    Path file = file("my private password, not hexadecimal", "rw-------");

    assertThatThrownBy(() -> SecretFile.read(file))
        .hasMessageContaining("hexadecimal")
        .hasMessageNotContaining("password");
  }

  @Test
  void read_openToOthers_isRefused() throws IOException {
    Path file = file("ab".repeat(32), "rw-r--r--");

    assertThatThrownBy(() -> SecretFile.read(file)).hasMessageContaining("chmod 600");
  }
}
