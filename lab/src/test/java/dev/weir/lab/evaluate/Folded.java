package dev.weir.lab.evaluate;

import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.train.Progress;
import dev.weir.lab.train.TrainingSettings;
import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Synthetic passengers in two folds, with small bundles that train in a moment, once for all tests. */
public final class Folded {
  public static final DomainDefinition PASSENGER = DomainDefinition.shipped("passenger");
  static final TrainingSettings SMALL = new TrainingSettings(
      3, 4, 3, 40, 8, 0.15, 1, 3, 0.15, TrainingSettings.IntervalKind.VENN_ABERS, 1, 5_000, 2);
  private static final int ROWS = 1_200;

  private static final Path CACHE = directory();
  private static final List<RawRecord> RECORDS = read();
  private static final List<Arm> ARMS =
      new FoldBundles(CACHE, PASSENGER, SMALL, Progress.silent()).arms(RECORDS, 2);

  private Folded() {}

  private static Path directory() {
    try {
      Path directory = Files.createTempDirectory("weir-folds");
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<RawRecord> read() {
    try {
      Path csv = Files.createTempFile("weir-world", ".csv");
      csv.toFile().deleteOnExit();
      PassengerWorld.writeCsv(csv, PassengerWorld.rows(ROWS, 11));
      return CsvRecords.labelled(csv, PASSENGER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<RawRecord> records() {
    return RECORDS;
  }

  public static List<Arm> arms() {
    return ARMS;
  }

  /** The first rows of one arm, for what would take long on all. */
  static Arm few(int rows) {
    Arm arm = ARMS.get(0);
    return new Arm(arm.bundle(), arm.rows().subList(0, rows), arm.fitted(), arm.choosing());
  }

  static Path cache() {
    return CACHE;
  }

  /** Nothing but a threshold of p: plain confidence itself. */
  static PolicyFile plain(String hold) {
    return policy("""
        semantics: 1
        scope: passenger
        accept: {true: 0.80, false: 0.20, width: 1, confidence: 0}
        fragile:
          union: []
          unknownFlags: count_as_false
          limits: {glmDifference: 1, agreement: 0, width: 1, confidence: 0}
        caps: {scope: none, perSourceLogit: 1, top: 1, topSumLogit: 1}
        variance: {scope: all, kappa: {}}
        hold: %s
        """.formatted(hold));
  }

  static PolicyFile policy(String text) {
    return PolicyFile.read("policy", text, PASSENGER);
  }

  public static PolicyFile baseline() {
    return policy(PolicyFile.shippedText("passenger/baseline"));
  }
}
