package dev.weir.lab.train;

import dev.weir.lab.world.Passenger;
import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.score.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How often the truth of fresh records of the synthetic world lies within [p10, p90], by slice, over trainings on different
 * samples of that world; and how well widths follow the true spread.
 */
final class Coverages {
  /* The records are the same for all trainings, and of a seed that none has. */
  private static final long FRESH_SEED = 20_001;
  private static final double[] BANDS = {0.1, 0.3, 0.5, 0.7, 0.9};

  private final List<Passenger> fresh;
  private final List<RawRecord> records;
  private final Path directory;
  private final Map<String, Slice> slices = new TreeMap<>();
  private final List<double[]> widths = new ArrayList<>();
  private final List<double[]> errors = new ArrayList<>();

  Coverages(Path directory, int records) {
    this.directory = directory;
    this.fresh = PassengerWorld.rows(records, FRESH_SEED);
    this.records = World.records(directory, fresh);
  }

  /** Records inside and records, by training. */
  private record Slice(List<int[]> trainings) {
    double coverage() {
      return sum(0) / sum(1);
    }

    double size() {
      return sum(1) / trainings.size();
    }

    private double sum(int which) {
      return trainings.stream().mapToInt(counts -> counts[which]).sum();
    }
  }

  /** Trains on a sample of the world, and judges. */
  void train(TrainingSettings settings, int rows, long seed) {
    Bundle bundle = new Trainer(World.PASSENGER, settings, Progress.silent())
        .train(
            World.records(directory, PassengerWorld.rows(rows, seed)), directory.resolve("bundle"))
        .bundle();
    double[] width = new double[fresh.size()];
    double[] error = new double[fresh.size()];
    Map<String, int[]> counts = new TreeMap<>();
    for (int i = 0; i < width.length; i++) {
      Evidence evidence = bundle.evidence(records.get(i));
      Score score = bundle.score(evidence, bundle.prior(evidence));
      double truth = fresh.get(i).trueProbability();
      boolean isInside = truth >= score.p10() && truth <= score.p90();
      width[i] = score.p90() - score.p10();
      error[i] = truth - score.pModel();
      for (String slice : slices(records.get(i), evidence, score)) {
        int[] count = counts.computeIfAbsent(slice, name -> new int[2]);
        count[0] += isInside ? 1 : 0;
        count[1]++;
      }
    }
    counts.forEach((name, count) -> slices
        .computeIfAbsent(name, key -> new Slice(new ArrayList<>()))
        .trainings()
        .add(count));
    widths.add(width);
    errors.add(error);
  }

  private static List<String> slices(RawRecord record, Evidence evidence, Score score) {
    boolean isFragile = (evidence.flags().truths() & World.PASSENGER.fragile()) != 0;
    List<String> slices = new ArrayList<>(List.of(
        "all",
        isFragile ? "fragile" : "sound",
        score.pModel() >= World.PASSENGER.threshold() ? "predicted true" : "predicted false",
        "p " + band(score.pModel()),
        evidence.missingCount() == 0 ? "nothing missing" : "something missing"));
    World.PASSENGER
        .flags()
        .names(evidence.flags().truths())
        .forEach(flag -> slices.add("flag " + flag));
    String planet = "";
    String sleep = "";
    for (int a = 0; a < World.PASSENGER.domain().attributes().size(); a++) {
      Attribute attribute = World.PASSENGER.domain().attributes().get(a);
      boolean isObserved = (record.observed() >>> attribute.field() & 1) != 0;
      if (!isObserved || !World.PASSENGER.domain().isEvidence(a)) {
        continue;
      }
      String value = "";
      if (attribute.kind() == Kind.CATEGORY) {
        value = attribute.name() + " " + record.category(a);
      } else if (attribute.kind() == Kind.BOOLEAN) {
        value = attribute.name() + (record.number(a) > 0 ? " true" : " false");
      }
      if (!value.isEmpty()) {
        slices.add(value);
      }
      planet = attribute.name().equals("HomePlanet") ? value : planet;
      sleep = attribute.name().equals("CryoSleep") ? value : sleep;
    }
    if (!planet.isEmpty() && !sleep.isEmpty()) {
      slices.add(planet + ", " + sleep);
    }
    return slices;
  }

  private static String band(double p) {
    int band = (int) Arrays.stream(BANDS).filter(from -> p >= from).count();
    return (band == 0 ? "0" : BANDS[band - 1]) + " to "
        + (band == BANDS.length ? "1" : BANDS[band]);
  }

  /** The share inside, over all trainings. */
  double of(String slice) {
    return slices.get(slice).coverage();
  }

  /** By name, the coverage of every slice that has so many records on average, "all" left out. */
  Map<String, Double> ofSlices(int recordsMin) {
    Map<String, Double> coverages = new TreeMap<>();
    slices.forEach((name, slice) -> {
      if (slice.size() >= recordsMin && !name.equals("all")) {
        coverages.put(name, slice.coverage());
      }
    });
    return coverages;
  }

  /**
   * By training, the rank correlation of its widths with the true spread: the root mean square error of the probability over
   * the other trainings, bias included.
   */
  double[] rankCorrelations() {
    return IntStream.range(0, widths.size())
        .mapToDouble(training -> {
          double[] spread = new double[fresh.size()];
          for (int i = 0; i < spread.length; i++) {
            double squares = 0;
            for (int other = 0; other < errors.size(); other++) {
              squares += other == training ? 0 : errors.get(other)[i] * errors.get(other)[i];
            }
            spread[i] = Math.sqrt(squares / (errors.size() - 1));
          }
          return correlation(ranks(widths.get(training)), ranks(spread));
        })
        .toArray();
  }

  private static double[] ranks(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    for (int i = 0; i < order.length; i++) {
      ranks[order[i]] = i;
    }
    return ranks;
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }

  /** A table of every slice of so many records: size, coverage, and coverage by training. */
  String table(int recordsMin) {
    StringBuilder text = new StringBuilder("slice | records | covered | by training\n");
    slices.forEach((name, slice) -> {
      if (slice.size() >= recordsMin) {
        text.append(
            String.format(Locale.ROOT, "%s | %.0f | %.3f |", name, slice.size(), slice.coverage()));
        slice
            .trainings()
            .forEach(count ->
                text.append(String.format(Locale.ROOT, " %.2f", count[0] / (double) count[1])));
        text.append('\n');
      }
    });
    return text + "rank correlation of width and true spread: "
        + Arrays.toString(Arrays.stream(rankCorrelations())
            .mapToObj(value -> String.format(Locale.ROOT, "%.3f", value))
            .toArray());
  }
}
