package dev.weir.bench.stream;

import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.testkit.process.JavaProcess;
import dev.weir.testkit.process.JavaProcess.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An application under measurement in a JVM of its own: the gate or its pass-through, each with topics
 * of its own.
 */
final class Application implements AutoCloseable {
  /** What each of them says when its stream is started. */
  static final String STARTED = "event=started ";

  static final int PARTITIONS = 4;

  /* The collector that ./weir takes. */
  private static final List<String> JVM = List.of("-Xmx1g", "-Xms1g", "-XX:+UseSerialGC");
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final String name;
  private final TopicNames topics;
  private final String group;
  private final JavaProcess process;

  private Application(String name, TopicNames topics, JavaProcess process) {
    this.name = name;
    this.topics = topics;
    this.group = group(topics);
    this.process = process;
  }

  private static String group(TopicNames topics) {
    return topics.prefix() + "." + topics.scope() + ".gate";
  }

  /** Topics for an application; those that are there stay. */
  static TopicNames topics(Cluster cluster, String prefix) {
    TopicNames topics = new TopicNames(prefix, "passenger");
    new Topics(cluster, topics).make(new TopicSizes(PARTITIONS, 1));
    return topics;
  }

  /** A gate whose start has begun: {@code weir run}. */
  static Application gate(
      String instance, TopicNames topics, Map<String, String> settings, Path directory) {
    Map<String, String> all = settings(instance, topics, settings, directory);
    Path file = directory.resolve(instance + ".yaml");
    try {
      Files.writeString(
          file,
          all.entrySet().stream()
              .map(setting -> setting.getKey() + ": \"" + setting.getValue() + "\"\n")
              .collect(Collectors.joining()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Application(
        "gate",
        topics,
        JavaProcess.start(Program.tethered(
            "dev.weir.app.Weir",
            List.of("run", "--config", file.toString()),
            JVM,
            directory.resolve(instance + ".out"))));
  }

  /** A pass-through whose start has begun. */
  static Application passThrough(
      String instance,
      TopicNames topics,
      Map<String, String> settings,
      Path directory,
      Path answers) {
    List<String> arguments = new ArrayList<>(List.of(answers.toString()));
    settings(instance, topics, settings, directory)
        .forEach((name, value) -> arguments.add(name + "=" + value));
    return new Application(
        "pass-through",
        topics,
        JavaProcess.start(Program.tethered(
            PassThrough.class.getName(), arguments, JVM, directory.resolve(instance + ".out"))));
  }

  private static Map<String, String> settings(
      String instance, TopicNames topics, Map<String, String> settings, Path directory) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("scope", topics.scope());
    all.put("topicPrefix", topics.prefix());
    all.put("instance", instance);
    all.put("stateDir", directory.resolve("state-" + instance).toString());
    // The one that is not measured is paused, and must not be taken for dead.
    all.putIfAbsent("kafka.session.timeout.ms", "600000");
    return all;
  }

  /** Waits until its stream is started. */
  Application awaitStarted() {
    Waiting.until(START_LIMIT, "start of " + name, () -> {
      if (!process.isAlive()) {
        throw new IllegalStateException("the " + name + " ended; it said: " + process.tail());
      }
      return process.tail().contains(STARTED);
    });
    return this;
  }

  String name() {
    return name;
  }

  TopicNames topics() {
    return topics;
  }

  String group() {
    return group;
  }

  long pid() {
    return process.handle().pid();
  }

  void pause() {
    process.pause();
  }

  void resume() {
    process.resume();
  }

  void kill() {
    process.kill();
  }

  /** Lets it leave its group, so that the next one need not wait until it is taken for dead. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.resume();
      process.terminate(CLOSE_LIMIT);
    }
    process.close();
  }
}
