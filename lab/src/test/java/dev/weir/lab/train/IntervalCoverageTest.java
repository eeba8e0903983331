package dev.weir.lab.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lab.world.Passenger;
import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.score.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often the true probability of a fresh record lies within [p10, p90], which should be 80 %: on a synthetic world, since
 * nobody knows it elsewhere. The seeds here had no part in setting constants.
 */
class IntervalCoverageTest {
  @TempDir
  Path directory;

  /** A quarter of the rows and half of the members that the figures in docs/adr were measured with, hence the wide limits. */
  @Test
  void train_smallWorld_coversMostTruths() {
    TrainingSettings settings = new TrainingSettings(
        1, 4, 3, 300, 15, 0.15, 1, 3, 0.15, TrainingSettings.IntervalKind.QUANTILE, 1, 100_000, 2);

    Coverage coverage = coverage(settings, 1_500, 401);

    System.out.println("interval coverage, small: " + coverage);
    assertThat(coverage.of("all")).isBetween(0.68, 0.92);
    assertThat(coverage.of("fragile")).isBetween(0.62, 0.94);
    assertThat(coverage.of("sound")).isBetween(0.62, 0.94);
  }

  /** The shipped settings; minutes, so only with {@code -Pslow}. */
  @Test
  @Tag("slow")
  void train_worldOfSixThousand_coversFourTruthsOfFive() {
    Coverage coverage = coverage(TrainingSettings.defaults(402), 6_000, 402);

    System.out.println("interval coverage, shipped settings: " + coverage);
    assertThat(coverage.of("all")).isBetween(0.74, 0.86);
    assertThat(coverage.of("fragile")).isBetween(0.70, 0.90);
    assertThat(coverage.of("sound")).isBetween(0.70, 0.90);
  }

  private Coverage coverage(TrainingSettings settings, int rows, long seed) {
    Bundle bundle = new Trainer(World.PASSENGER, settings, Progress.silent())
        .train(
            World.records(directory, PassengerWorld.rows(rows, seed)), directory.resolve("bundle"))
        .bundle();
    List<Passenger> fresh = PassengerWorld.rows(4_000, seed + 10_000);
    List<RawRecord> records = World.records(directory, fresh);
    Coverage coverage = new Coverage(new TreeMap<>());
    for (int i = 0; i < fresh.size(); i++) {
      Evidence evidence = bundle.evidence(records.get(i));
      Score score = bundle.score(evidence, bundle.prior(evidence));
      double truth = fresh.get(i).trueProbability();
      boolean isInside = truth >= score.p10() && truth <= score.p90();
      slices(evidence).forEach(slice -> coverage.add(slice, isInside));
    }
    return coverage;
  }

  private static List<String> slices(Evidence evidence) {
    boolean isFragile = (evidence.flags().truths() & World.PASSENGER.fragile()) != 0;
    List<String> slices = new ArrayList<>(List.of("all", isFragile ? "fragile" : "sound"));
    slices.addAll(World.PASSENGER.flags().names(evidence.flags().truths()));
    return slices;
  }

  /** Records inside and all records, by slice. */
  private record Coverage(Map<String, int[]> counts) {
    void add(String slice, boolean isInside) {
      int[] count = counts.computeIfAbsent(slice, name -> new int[2]);
      count[0] += isInside ? 1 : 0;
      count[1]++;
    }

    double of(String slice) {
      int[] count = counts.getOrDefault(slice, new int[] {0, 0});
      return count[0] / (double) count[1];
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      counts.forEach((slice, count) ->
          text.append("%s %.3f of %d; ".formatted(slice, count[0] / (double) count[1], count[1])));
      return text.toString();
    }
  }
}
