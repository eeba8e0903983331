package dev.weir.app.demo;

import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.train.Progress;
import dev.weir.lab.train.Trainer;
import dev.weir.lab.train.TrainingSettings;
import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.bundle.UnusableBundle;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the demo trains on and what it streams.
 *
 * @param training labelled rows
 * @param streamed valid rows to stream, in order
 * @param origin where they come from, in words
 */
record DemoData(List<RawRecord> training, List<RawRecord> streamed, String origin) {
  private static final int WORLD_TRAINING_ROWS = 6_000;
  private static final String ENGINE = "weir demo 1";

  DemoData {
    training = List.copyOf(training);
    streamed = List.copyOf(streamed);
  }

  /** The rows of a file, or of a synthetic world whose later rows the bundle has not seen. */
  static DemoData of(
      Optional<Path> file, DomainDefinition definition, int records, long seed, Path work) {
    if (file.isPresent()) {
      List<RawRecord> rows = CsvRecords.labelled(file.get(), definition);
      return new DemoData(
          rows,
          rows,
          file.get() + ", " + rows.size() + " rows; the bundle is trained on the same rows");
    }
    Path csv = work.resolve("world.csv");
    try {
      PassengerWorld.writeCsv(csv, PassengerWorld.rows(WORLD_TRAINING_ROWS + records, seed));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + csv + ": " + e, e);
    }
    List<RawRecord> rows = CsvRecords.labelled(csv, definition);
    int cut = groupBoundary(rows, WORLD_TRAINING_ROWS);
    List<RawRecord> streamed = new ArrayList<>(rows.subList(cut, rows.size()));
    return new DemoData(
        rows.subList(0, cut),
        streamed.isEmpty() ? rows : streamed,
        "a synthetic world, seed " + seed + ": trained on " + cut + " rows, streaming others");
  }

  private static int groupBoundary(List<RawRecord> rows, int wanted) {
    int cut = Math.min(wanted, rows.size());
    while (cut > 0
        && cut < rows.size()
        && rows.get(cut).group().equals(rows.get(cut - 1).group())) {
      cut--;
    }
    return cut;
  }

  /** The rows with the ids that a policy names as canaries, wherever they stand. */
  List<RawRecord> canaries(Set<String> ids) {
    Set<String> left = new HashSet<>(ids);
    List<RawRecord> found = new ArrayList<>();
    for (List<RawRecord> rows : List.of(streamed, training)) {
      for (RawRecord row : rows) {
        if (left.remove(row.id())) {
          found.add(row);
        }
      }
    }
    return found;
  }

  /** A bundle trained on the training rows; the one of an earlier run where nothing changed. */
  Trained bundle(DomainDefinition definition, long seed, Path bundles, Progress progress) {
    StringBuilder content = new StringBuilder(ENGINE).append(seed).append(definition.text());
    for (RawRecord row : training) {
      for (int f = 0; f < definition.domain().fields().size(); f++) {
        content.append(row.received(f).map(Object::toString).orElse("")).append('\u001f');
      }
    }
    Path directory = bundles.resolve(Fingerprint.of(content.toString()).abbreviated());
    try {
      Files.createDirectories(bundles);
      if (Files.isDirectory(directory)) {
        return new Trained(BundleDirectory.read(directory), directory, true);
      }
    } catch (UnusableBundle e) {
      progress.at("training anew, since the cached bundle is not usable", 0, 1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + bundles + ": " + e, e);
    }
    Trainer trainer = new Trainer(definition, TrainingSettings.defaults(seed), progress);
    return new Trained(trainer.train(training, directory).bundle(), directory, false);
  }

  /** A bundle and where it lies. */
  record Trained(Bundle bundle, Path directory, boolean cached) {}
}
