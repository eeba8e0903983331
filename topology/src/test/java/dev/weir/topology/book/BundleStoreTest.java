package dev.weir.topology.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.testkit.bundle.TinyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleStoreTest {
  @TempDir
  Path directory;

  @Test
  void apply_amongOthers_findsByFingerprintAndReadsOnce() throws IOException {
    Files.createDirectory(directory.resolve("empty"));
    Files.writeString(directory.resolve("file"), "");
    TinyBundle.write(directory.resolve("one"), 1);
    Bundle two = TinyBundle.write(directory.resolve("two"), 2);
    BundleStore store = new BundleStore(directory);

    Bundle found = store.apply(two.fingerprint()).orElseThrow();

    assertThat(found.fingerprint()).isEqualTo(two.fingerprint());
    assertThat(store.apply(two.fingerprint())).containsSame(found);
  }

  @Test
  void apply_unknownOrNoDirectory_isEmpty() {
    assertThat(new BundleStore(directory).apply(Fingerprint.of("x"))).isEmpty();
    assertThat(new BundleStore(directory.resolve("none")).apply(Fingerprint.of("x")))
        .isEmpty();
  }

  @Test
  void apply_hiddenDirectory_isNotWholeYet() throws IOException {
    Bundle bundle = TinyBundle.write(directory.resolve("tiny"));
    Files.move(directory.resolve("tiny"), directory.resolve(".tiny.writing"));

    assertThat(new BundleStore(directory).apply(bundle.fingerprint())).isEmpty();
  }

  @Test
  void apply_fileMissing_isRefused() throws IOException {
    Bundle bundle = TinyBundle.write(directory.resolve("tiny"));
    Files.delete(directory.resolve("tiny/glm.json"));

    assertThatThrownBy(() -> new BundleStore(directory).apply(bundle.fingerprint()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("glm.json is missing");
  }
}
