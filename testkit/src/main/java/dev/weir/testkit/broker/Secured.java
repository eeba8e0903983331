package dev.weir.testkit.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A second listener that asks for a name and a password over TLS (SASL_SSL, PLAIN), on a broker that
 * permits a named user nothing but what its access rules say. Who comes by the first listener may do
 * everything.
 *
 * @param keyStore of the broker's certificate, PKCS12; clients trust it too
 * @param users passwords by name
 */
public record Secured(Path keyStore, String storePassword, Map<String, String> users) {
  private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

  public Secured {
    users = new TreeMap<>(users);
  }

  /**
   * A listener with a certificate of its own making, by the JDK's keytool.
   *
   * @param directory takes the key store
   * @throws IllegalStateException if keytool fails
   */
  public static Secured make(Path directory, Map<String, String> users) {
    Path store = directory.resolve("broker.p12");
    String password = "only-for-tests";
    run(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "broker",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1",
        "-validity",
        "30",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        password));
    return new Secured(store, password, users);
  }

  private static void run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool failed: " + said);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot run keytool: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while keytool ran", e);
    }
  }

  void addTo(Properties settings) {
    settings.setProperty("sasl.enabled.mechanisms", "PLAIN");
    settings.setProperty(
        "listener.name.sasl_ssl.plain.sasl.jaas.config",
        users.entrySet().stream()
            .map(user -> " user_%s=\"%s\"".formatted(user.getKey(), user.getValue()))
            .collect(Collectors.joining("", PLAIN + " required", ";")));
    settings.setProperty("ssl.keystore.type", "PKCS12");
    settings.setProperty("ssl.keystore.location", keyStore.toString());
    settings.setProperty("ssl.keystore.password", storePassword);
    settings.setProperty(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.setProperty("super.users", "User:ANONYMOUS");
  }

  /** What a client of a user needs beside the address. */
  public Map<String, String> client(String user) {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "%s required username=\"%s\" password=\"%s\";".formatted(PLAIN, user, users.get(user)),
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.location",
        keyStore.toString(),
        "ssl.truststore.password",
        storePassword);
  }
}
