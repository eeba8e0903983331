package dev.weir.app;

import dev.weir.lab.train.Trainer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir train}: from labelled rows to a bundle directory. */
@Command(
    name = "train",
    description = "Train a bundle on labelled rows, and write a report page beside it.")
final class TrainCommand implements Callable<Integer> {
  @Mixin
  private BundleOptions options = new BundleOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    return options.make(
        spec.commandLine(),
        (definition, settings, progress) -> new Trainer(definition, settings, progress)::train);
  }
}
