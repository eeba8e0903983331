package dev.weir.topology.decide;

import dev.weir.schemas.wire.Headers;
import dev.weir.topology.log.LogLine;
import dev.weir.topology.log.Repeats;
import dev.weir.topology.route.Destination;
import dev.weir.topology.route.Output;
import java.util.List;
import java.util.function.Consumer;

/** What the log says of a gate's outputs: dead letters by cause, and alerts by kind. */
final class OutputLog {
  private final Repeats repeats;

  /** @param log takes a line */
  OutputLog(Consumer<String> log) {
    this.repeats = Repeats.to(log);
  }

  void tell(List<Output> outputs) {
    outputs.forEach(this::tell);
  }

  /* What is wrong with a record may tell its values: the dead letter itself says that. */
  private void tell(Output output) {
    if (output.destination() == Destination.DEAD_LETTERS) {
      repeats.say(
          LogLine.event("dead_letter").with("cause", output.header(Headers.CAUSE)),
          line -> line.with("partition", output.header(Headers.SOURCE_PARTITION))
              .with("offset", output.header(Headers.SOURCE_OFFSET)));
    } else if (output.destination() == Destination.ALERTS) {
      repeats.say(LogLine.event("alert").with("kind", output.alertKind()), line -> line);
    }
  }

  /** To be called now and then, though nothing comes. */
  void tick() {
    repeats.tick();
  }
}
