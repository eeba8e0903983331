package dev.weir.lab.train;

import dev.weir.lab.world.Passenger;
import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.numeric.Logistic;
import dev.weir.model.score.Score;
import dev.weir.model.score.Scorer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often the truth of fresh records of the synthetic world lies within [p10, p90], by slice, over trainings on different
 * samples of that world; and how well widths follow the true spread.
 *
 * <p>Beside it stands an oracle, which knows how far trainings on other samples of that world were off at each record: its
 * interval reaches from the a-th smallest to the a-th largest of the other trainings' errors, where a is a tenth of the number
 * of trainings, so that it covers 80 % of trainings at every single record, exactly; of fewer than ten it covers less.
 */
final class Coverages {
  /* The records are the same for all trainings, and of a seed that none has. */
  private static final long FRESH_SEED = 20_002;
  private static final double[] BANDS = {0.1, 0.3, 0.5, 0.7, 0.9};

  private final List<Passenger> fresh;
  private final List<RawRecord> records;
  private final Path directory;
  private final List<Training> trainings = new ArrayList<>();

  Coverages(Path directory, int records) {
    this.directory = directory;
    this.fresh = PassengerWorld.rows(records, FRESH_SEED);
    this.records = World.records(directory, fresh);
  }

  /**
   * What one training says of the fresh records; arrays are by record.
   *
   * @param slices that the record is in
   * @param errors true probability − p_model
   * @param logitErrors the same of logits
   */
  private record Training(
      List<List<String>> slices,
      boolean[] inside,
      double[] widths,
      double[] errors,
      double[] logitErrors) {}

  /** Trains on a sample of the world, and judges. */
  void train(TrainingSettings settings, int rows, long seed) {
    Bundle bundle = new Trainer(World.PASSENGER, settings, Progress.silent())
        .train(
            World.records(directory, PassengerWorld.rows(rows, seed)), directory.resolve("bundle"))
        .bundle();
    int size = fresh.size();
    Training training = new Training(
        new ArrayList<>(), new boolean[size], new double[size], new double[size], new double[size]);
    for (int i = 0; i < size; i++) {
      Evidence evidence = bundle.evidence(records.get(i));
      Score score = bundle.score(evidence, bundle.prior(evidence));
      double truth = fresh.get(i).trueProbability();
      training.slices().add(slices(records.get(i), evidence, score));
      training.inside()[i] = truth >= score.p10() && truth <= score.p90();
      training.widths()[i] = score.p90() - score.p10();
      training.errors()[i] = truth - score.pModel();
      training.logitErrors()[i] = Logistic.logit(truth) - Scorer.clippedLogit(score.pModel());
    }
    trainings.add(training);
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

  /** The share inside of one slice, by training; no slice is empty. */
  double[] of(String slice) {
    return shares(slice, t -> trainings.get(t).inside());
  }

  /** By name, the share inside by training, of every slice that has so many records on average; "all" is left out. */
  Map<String, double[]> ofSlices(int recordsMin) {
    return bySlice(recordsMin, t -> trainings.get(t).inside());
  }

  /** The same of the oracle. */
  Map<String, double[]> ofOracle(int recordsMin) {
    return bySlice(recordsMin, this::insideOracle);
  }

  private Map<String, double[]> bySlice(int recordsMin, IntFunction<boolean[]> inside) {
    Map<String, double[]> shares = new TreeMap<>();
    sizes().forEach((name, size) -> {
      if (size >= recordsMin && !name.equals("all")) {
        shares.put(name, shares(name, inside));
      }
    });
    return shares;
  }

  private double[] shares(String slice, IntFunction<boolean[]> insideOfTraining) {
    return IntStream.range(0, trainings.size())
        .mapToDouble(t -> {
          boolean[] inside = insideOfTraining.apply(t);
          return IntStream.range(0, inside.length)
              .filter(i -> trainings.get(t).slices().get(i).contains(slice))
              .mapToDouble(i -> inside[i] ? 1 : 0)
              .average()
              .orElseThrow();
        })
        .toArray();
  }

  /** By slice, the mean number of its records. */
  private Map<String, Double> sizes() {
    Map<String, Double> sizes = new TreeMap<>();
    trainings.forEach(training -> training
        .slices()
        .forEach(slices ->
            slices.forEach(slice -> sizes.merge(slice, 1.0 / trainings.size(), Double::sum))));
    return sizes;
  }

  private boolean[] insideOracle(int training) {
    int a = Math.max(1, trainings.size() / 10);
    boolean[] inside = new boolean[fresh.size()];
    for (int i = 0; i < inside.length; i++) {
      int record = i;
      double[] others = IntStream.range(0, trainings.size())
          .filter(t -> t != training)
          .mapToDouble(t -> trainings.get(t).logitErrors()[record])
          .sorted()
          .toArray();
      double error = trainings.get(training).logitErrors()[i];
      inside[i] = error >= others[a - 1] && error <= others[others.length - a];
    }
    return inside;
  }

  /**
   * By training, the rank correlation of its widths with the true spread: the root mean square error of the probability over
   * the other trainings, bias included.
   */
  double[] rankCorrelations() {
    return IntStream.range(0, trainings.size())
        .mapToDouble(training -> {
          double[] spread = new double[fresh.size()];
          for (int i = 0; i < spread.length; i++) {
            double squares = 0;
            for (int other = 0; other < trainings.size(); other++) {
              double error = trainings.get(other).errors()[i];
              squares += other == training ? 0 : error * error;
            }
            spread[i] = Math.sqrt(squares / (trainings.size() - 1));
          }
          return correlation(ranks(trainings.get(training).widths()), ranks(spread));
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

  /**
   * A table of every slice of so many records: size, mean share inside and its standard deviation over trainings, the same of
   * the oracle, and the shares by training.
   */
  String table(int recordsMin) {
    StringBuilder text = new StringBuilder();
    line(text, "slice", "records", "mean", "sd", "oracle", "sd", "by training");
    Map<String, Double> sizes = sizes();
    Map<String, double[]> ours = ofSlices(recordsMin);
    Map<String, double[]> oracle = ofOracle(recordsMin);
    ours.put("all", of("all"));
    oracle.put("all", shares("all", this::insideOracle));
    ours.forEach((name, shares) -> line(
        text,
        name,
        Math.round(sizes.get(name)),
        rounded(mean(shares)),
        rounded(deviation(shares)),
        rounded(mean(oracle.get(name))),
        rounded(deviation(oracle.get(name))),
        list(shares)));
    return text
        + "slices within .05 of .80, of all trainings: " + rounded(near(ours)) + ", oracle "
        + rounded(near(oracle)) + "\nrank correlation of width and true spread: "
        + list(rankCorrelations());
  }

  private static void line(StringBuilder text, Object... cells) {
    text.append(Arrays.stream(cells).map(Object::toString).collect(Collectors.joining(" | ")))
        .append('\n');
  }

  /** Of every slice in every training, how many have a share within five points. */
  private static double near(Map<String, double[]> shares) {
    return shares.values().stream()
        .flatMapToDouble(Arrays::stream)
        .map(share -> Math.abs(share - 0.8) <= 0.05 ? 1 : 0)
        .average()
        .orElseThrow();
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double squares =
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String list(double[] values) {
    return Arrays.stream(values)
        .mapToObj(value -> String.format(Locale.ROOT, "%.2f", value))
        .collect(Collectors.joining(" "));
  }
}
