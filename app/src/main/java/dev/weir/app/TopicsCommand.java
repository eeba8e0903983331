package dev.weir.app;

import dev.weir.operations.topic.Retention;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir topics}: make the topics that are missing, and check those that are there. */
@Command(
    name = "topics",
    description = "Make the topics that are missing and check those that are there.")
final class TopicsCommand implements Callable<Integer> {
  @Mixin
  private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Of the records topic. Default: 4.")
  private int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "3",
      description = "Copies of each topic; 1 on a single broker. Default: 3.")
  private int replication;

  @Option(
      names = "--retention-days",
      defaultValue = "400",
      paramLabel = "DAYS",
      description = "How long the decision log is kept at least; or forever.")
  private String retention = "";

  @Option(names = "--check", description = "Only check; exit 1 if anything differs.")
  private boolean check;

  @Override
  public Integer call() {
    Topics topics = new Topics(kafka.cluster(), kafka.names(), Retention.parse(retention));
    if (check) {
      return say(topics.check());
    }
    Topics.Result result = topics.make(new TopicSizes(partitions, replication));
    result.made().forEach(name -> System.out.println("made " + name));
    return say(result.differences());
  }

  private static int say(java.util.List<String> differences) {
    differences.forEach(System.out::println);
    System.out.println(
        differences.isEmpty()
            ? "all topics are as they should be"
            : differences.size() + " differences");
    return differences.isEmpty() ? Weir.DONE : Weir.NO;
  }
}
