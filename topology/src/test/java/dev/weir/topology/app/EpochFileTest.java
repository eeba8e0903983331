package dev.weir.topology.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochFileTest {
  @TempDir
  Path directory;

  private EpochFile file() {
    return new EpochFile(directory.resolve("state"), "passenger");
  }

  @Test
  void highest_nothingActivated_isNone() {
    assertThat(file().highest()).isEqualTo(-1);
  }

  @Test
  void raise_lowerAndHigher_keepsTheHighestOverARestart() {
    EpochFile file = file();
    file.raise(7);
    file.raise(5);

    assertThat(file.highest()).isEqualTo(7);
    assertThat(file().highest()).isEqualTo(7);
  }

  @Test
  void raise_diskThatTakesNothing_isNotRememberedAndMayBeTriedAgain() throws Exception {
    Path inTheWay = Files.writeString(directory.resolve("state"), "no directory");
    EpochFile file = file();
    assertThatThrownBy(() -> file.raise(7)).isInstanceOf(UncheckedIOException.class);
    assertThat(file.highest()).isEqualTo(-1);
    Files.delete(inTheWay);

    file.raise(7);

    assertThat(file().highest()).isEqualTo(7);
  }

  @Test
  void read_damaged_isRefusedWithItsPath() throws Exception {
    file().raise(1);
    Files.writeString(file().path(), "seven");

    assertThatThrownBy(this::file)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("passenger.epoch")
        .hasMessageContaining("seven");
  }
}
