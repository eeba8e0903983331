package dev.weir.lab.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.lab.train.Folds;
import dev.weir.lab.train.Progress;
import dev.weir.lab.train.Trainer;
import dev.weir.lab.train.TrainingReport;
import dev.weir.lab.train.TrainingSettings;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.bundle.UnusableBundle;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.json.CanonicalJson;
import dev.weir.model.numeric.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A bundle for each fold, trained on all other folds. Each is kept in a directory under the fingerprint of everything
 * that it follows from, so that a run that was stopped goes on where it was, and a later one trains nothing twice.
 */
public final class FoldBundles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path cache;
  private final DomainDefinition definition;
  private final TrainingSettings settings;
  private final Progress progress;

  public FoldBundles(
      Path cache, DomainDefinition definition, TrainingSettings settings, Progress progress) {
    this.cache = cache;
    this.definition = definition;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * The arms of a cross-validation that never splits a group, nor learns from the future of what it judges.
   *
   * @throws IllegalArgumentException if the records cannot be trained on
   */
  public List<Arm> arms(List<RawRecord> records, int folds) {
    List<Split> splits = Folds.of(records, folds, settings.seed()).splits();
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < splits.size(); i++) {
      arms.add(arm(
          pick(records, splits.get(i).fitted()),
          pick(records, splits.get(i).judged()),
          i,
          splits.size()));
    }
    return arms;
  }

  private static List<RawRecord> pick(List<RawRecord> records, int[] rows) {
    return IntStream.of(rows).mapToObj(records::get).toList();
  }

  private Arm arm(List<RawRecord> fitted, List<RawRecord> judged, int fold, int folds) {
    Path directory = cache.resolve("fold-" + key(fitted).abbreviated());
    Path choosing = cache.resolve(directory.getFileName() + ".choosing.json");
    Optional<Arm> kept = kept(directory, choosing, fitted, judged);
    if (kept.isPresent()) {
      progress.at("fold " + (fold + 1) + " of " + folds + ", kept", fold + 1, folds);
      return kept.get();
    }
    Progress ofFold = (stage, done, total) -> progress.at(
        "fold " + (fold + 1) + " of " + folds + ", " + stage, fold * total + done, folds * total);
    try {
      Files.createDirectories(cache);
      TrainingReport report = new Trainer(definition, settings, ofFold).train(fitted, directory);
      Choosing rows = Choosing.of(report.outOfFold());
      Files.writeString(choosing, CanonicalJson.of(rows.json()));
      return new Arm(report.bundle(), judged, fitted, Optional.of(rows));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a fold's bundle in " + cache + ": " + e, e);
    }
  }

  private Optional<Arm> kept(
      Path directory, Path choosing, List<RawRecord> fitted, List<RawRecord> judged) {
    if (!Files.isDirectory(directory) || !Files.isRegularFile(choosing)) {
      return Optional.empty();
    }
    try {
      Bundle bundle = BundleDirectory.read(directory);
      Choosing rows = Choosing.read(JSON.readTree(choosing.toFile()));
      return Optional.of(new Arm(bundle, judged, fitted, Optional.of(rows)));
    } catch (UnusableBundle | IOException e) {
      // Half-written, or of an older Weir: it is trained again.
      return Optional.empty();
    }
  }

  /** Everything that a fold's bundle follows from. */
  private Fingerprint key(List<RawRecord> fitted) {
    StringBuilder text = new StringBuilder();
    text.append(CodeDigest.OURS.hex()).append('\n');
    text.append(settings.withThreads(1)).append('\n').append(definition.text()).append('\n');
    fitted.forEach(record -> append(record, text));
    return Fingerprint.of(text.toString());
  }

  /** Everything about a record that something may follow from. */
  static void append(RawRecord record, StringBuilder text) {
    for (int f = 0; f < record.domain().fields().size(); f++) {
      text.append(record.received(f).map(Object::toString).orElse("")).append('\u001f');
    }
    text.append(record.imputedUpstream()).append('\n');
  }
}
