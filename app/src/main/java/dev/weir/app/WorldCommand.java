package dev.weir.app;

import dev.weir.lab.world.PassengerWorld;
import dev.weir.lab.world.PaymentWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir world}: rows of a made-up world whose truth is known. */
@Command(
    name = "world",
    description = "Write labelled rows of a synthetic world; the same seed gives the same bytes.")
final class WorldCommand implements Callable<Integer> {
  /** The worlds there are. */
  enum World {
    PASSENGERS,
    PAYMENTS
  }

  @Parameters(paramLabel = "WORLD", description = "passengers or payments.")
  private World world = World.PASSENGERS;

  @Option(names = "--records", required = true, paramLabel = "N", description = "How many rows.")
  private int records;

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "N",
      description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "CSV to write.")
  private Path out = Path.of("");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    WholeFile.requireWritable(out);
    try {
      switch (world) {
        case PASSENGERS -> PassengerWorld.writeCsv(out, PassengerWorld.stream(records, seed));
        case PAYMENTS -> PaymentWorld.writeCsv(out, PaymentWorld.rows(records, seed));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + out + ": " + e.getMessage(), e);
    }
    spec.commandLine()
        .getOut()
        .println(records + " rows of the world of "
            + world.name().toLowerCase(java.util.Locale.ROOT) + ", seed " + seed + ", in " + out);
    return Weir.DONE;
  }
}
