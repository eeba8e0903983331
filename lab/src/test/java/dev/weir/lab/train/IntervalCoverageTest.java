package dev.weir.lab.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often the true probability of a fresh record lies within [p10, p90], which should be 80 %: on a synthetic world,
 * since nobody knows it elsewhere. The seeds of the shipped settings had no part in setting constants.
 */
class IntervalCoverageTest {
  /* Samples of the world, for the figures that docs/adr has. */
  private static final long FIRST_SEED = 941;
  private static final int TRAININGS = 10;
  private static final int SLICE_MIN = 200;
  /* Slices that miss the aim of five points; docs/adr says by how much, and what is known of why. */
  private static final Set<String> LOW =
      Set.of("Cabin.deck B", "Cabin.deck E", "HomePlanet Mars, CryoSleep true");

  @TempDir
  static Path directory;

  private static Optional<Coverages> shipped = Optional.empty();

  /**
   * Shipped settings and 6,000 rows; minutes, so only with {@code -Pslow}. The table that docs/adr has is then in
   * target/interval-coverage.txt, and grows from the third training on.
   */
  private static synchronized Coverages shipped() throws IOException {
    if (shipped.isEmpty()) {
      Coverages coverages = new Coverages(directory, 4_000);
      for (int t = 0; t < TRAININGS; t++) {
        coverages.train(TrainingSettings.defaults(FIRST_SEED + t), 6_000, FIRST_SEED + t);
        if (t >= 2) {
          Files.writeString(Path.of("target", "interval-coverage.txt"), coverages.table(SLICE_MIN));
        }
      }
      shipped = Optional.of(coverages);
    }
    return shipped.orElseThrow();
  }

  /** A quarter of the rows and half of the members that the figures in docs/adr were measured with, hence the wide limits. */
  @Test
  void train_smallWorld_coversMostTruths() {
    TrainingSettings settings = new TrainingSettings(
        1, 4, 3, 300, 15, 0.15, 1, 2, 0.15, TrainingSettings.IntervalKind.QUANTILE, 1, 100_000, 2);
    Coverages coverages = new Coverages(directory, 4_000);

    coverages.train(settings, 1_500, 401);

    assertThat(coverages.of("all")[0]).isBetween(0.68, 0.92);
    assertThat(coverages.of("fragile")[0]).isBetween(0.62, 0.94);
    assertThat(coverages.of("sound")[0]).isBetween(0.62, 0.94);
  }

  @Test
  @Tag("slow")
  void trainings_onAverage_coverEightyPercentWithinTwoPoints() throws IOException {
    assertThat(Coverages.mean(shipped().of("all"))).isBetween(0.78, 0.82);
  }

  /** Errors of one training go together, so its share lies farther from .80 than chance alone would bring it. */
  @Test
  @Tag("slow")
  void everyTraining_coversEightyPercentWithinTenPoints() throws IOException {
    for (double share : shipped().of("all")) {
      assertThat(share).isBetween(0.70, 0.90);
    }
  }

  @Test
  @Tag("slow")
  void everySliceOfTwoHundredButThree_onAverage_coversEightyPercentWithinFivePoints()
      throws IOException {
    assertThat(shipped().ofSlices(SLICE_MIN))
        .hasSizeGreaterThan(30)
        .allSatisfy((name, shares) -> assertThat(Coverages.mean(shares))
            .as(name)
            .isBetween(LOW.contains(name) ? 0.65 : 0.75, 0.85));
  }

  @Test
  @Tag("slow")
  void widths_ofEveryTraining_followTheTrueSpread() throws IOException {
    for (double correlation : shipped().rankCorrelations()) {
      assertThat(correlation).isGreaterThan(0.5);
    }
  }
}
