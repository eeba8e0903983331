package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.signing.KeyFile;
import dev.weir.gating.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch whose orders gates would refuse, or that would refuse their lift, does not start. */
class WatchOptionsTest {
  @TempDir
  Path directory;

  private Path key(String name, String half) throws IOException, GeneralSecurityException {
    Path file = directory.resolve(name);
    KeyFile.write(file, SigningKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair()));
    return KeyFile.beside(file, half);
  }

  private Path config(String... lines) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("bootstrapServers: localhost:1", "scope: passenger"));
    Collections.addAll(all, lines);
    return Files.write(directory.resolve("weir.yaml"), all);
  }

  private static void assertRefused(String why, Object... options) {
    List<Object> all = new ArrayList<>(List.of("watch", "--bundle", "none"));
    Collections.addAll(all, options);
    Run run = Run.of(all.toArray());

    assertThat(run.errLines()).singleElement().asString().contains(why);
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void watch_keyWithoutTrust_asksForTheOperators() throws Exception {
    assertRefused(
        "--key is given and no --trust",
        "--bootstrap",
        "localhost:1",
        "--key",
        key("monitor", ".key"));
  }

  @Test
  void watch_trustWithoutKey_saysThatOrdersWouldBeRefused() throws Exception {
    Path operator = key("ann", ".pub");

    assertRefused("refuse unsigned orders", "--bootstrap", "localhost:1", "--trust", operator);
  }

  @Test
  void watch_keyThatTheGateDoesNotTrust_isRefused() throws Exception {
    Path operator = key("ann", ".pub");

    assertRefused(
        "gates would refuse an order as it would be given: 0 good signatures",
        "--config",
        config("keys.operators: " + operator),
        "--key",
        key("monitor", ".key"));
  }

  @Test
  void watch_trustBesideAConfiguration_isRefused() throws Exception {
    Path operator = key("ann", ".pub");

    assertRefused("--trust is for --bootstrap", "--config", config(), "--trust", operator);
  }
}
