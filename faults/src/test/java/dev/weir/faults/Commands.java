package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.process.JavaProcess;
import dev.weir.testkit.process.JavaProcess.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** The {@code weir} command, each time in a JVM of its own. */
record Commands(String bootstrap, Path bundle, Path directory) {
  private static final List<String> SMALL =
      List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  /** What a command says that gives up on a broker. */
  static final String NO_ANSWER = "no Kafka broker answers";

  private static final int ATTEMPTS = 5;

  /** What the topics carry of a release can be recomputed to the bit. */
  void assertVerifyIsClean(String version) {
    String lines = directory.resolve(version + ".jsonl").toString();
    run(
        "decisions",
        "--bootstrap",
        bootstrap,
        "--bundle",
        bundle.toString(),
        "--release",
        version,
        "--out",
        lines);
    run(
        "verify",
        "--bundle",
        bundle.toString(),
        "--policy",
        "passenger/" + version,
        "--decisions",
        lines);
  }

  /* On a machine that is busy enough a broker may take longer to answer than a command waits. */
  private void run(String... arguments) {
    for (int attempt = 1; ; attempt++) {
      Path output = directory.resolve("weir-" + arguments[0] + "-" + attempt + ".out");
      try (JavaProcess command = JavaProcess.start(
          Program.tethered("dev.weir.app.Weir", List.of(arguments), SMALL, output))) {
        OptionalInt status = command.awaitEnd(Await.PATIENCE);
        if (attempt == ATTEMPTS || !command.tail().contains(NO_ANSWER)) {
          assertThat(status)
              .as(() -> String.join(" ", arguments) + " said: " + command.tail())
              .hasValue(0);
          return;
        }
      }
    }
  }
}
