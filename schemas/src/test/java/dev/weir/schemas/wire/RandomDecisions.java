package dev.weir.schemas.wire;

import dev.weir.gating.decision.Appraisal;
import dev.weir.gating.decision.BatchStamp;
import dev.weir.gating.decision.BlindSample;
import dev.weir.gating.decision.BundleNames;
import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CappedMargin;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.DriftFinding;
import dev.weir.gating.decision.Interval;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Promotion;
import dev.weir.gating.decision.Readings;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.Route;
import dev.weir.gating.decision.Variance;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.Imputation;
import dev.weir.model.flag.FlagReading;
import dev.weir.model.flag.RawTopology;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.score.Score;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Decisions of passengers in which every part takes every form that it can have. */
final class RandomDecisions {
  private static final List<String> TEXTS =
      List.of("", "a", "flight-7", "Zürich ✈", "\"quoted\" \\ \n", "😀/0/S", "x".repeat(300));

  private final Random random;
  private final BundleNames names;

  RandomDecisions(long seed) {
    this.random = new Random(seed);
    this.names = new BundleNames(
        IntStream.range(0, random.nextInt(20))
            .mapToObj(i -> "source" + i * 7 % 20)
            .toList(),
        Decisions.accepted().names().vocabulary());
  }

  List<Decision> batch() {
    return IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(i -> decision()).toList();
  }

  private Decision decision() {
    Optional<CappedMargin> capped = maybe(
        () -> new CappedMargin(number(), numbers(names.sources().size()), some(CapCause.class)));
    Judgement judgement = new Judgement(
        new Appraisal(
            texts(),
            new Readings(
                new double[] {number(), number()},
                capped,
                capped.map(CappedMargin::causes).orElse(java.util.Set.of())),
            new Variance(number(), components(), number()),
            new Interval(number(), number(), number()),
            number(),
            number()),
        random.nextBoolean(),
        random.nextBoolean(),
        one(Route.values()),
        reasons(),
        random.nextBoolean(),
        maybe(this::promotion));
    return new Decision(
        new BatchStamp(
            text(),
            whole(),
            random.nextInt(),
            random.nextInt(),
            number(),
            one(CloseReason.values()),
            whole(),
            maybe(() -> new DriftFinding(random.nextInt(), text(), text(), number(), number()))),
        new Position(text(), random.nextInt(), whole()),
        whole(),
        evidence(),
        texts(),
        texts(),
        names,
        score(),
        new SlicePrior(
            text(), random.nextInt(), random.nextInt(), number(), number(), 30, number()),
        judgement,
        one(Route.values()),
        maybe(() -> new BlindSample(number())),
        new ReleaseStamp(
            text(),
            text(),
            whole(),
            Fingerprint.of(text()),
            Fingerprint.of(text()),
            random.nextBoolean() ? OptionalLong.of(whole()) : OptionalLong.empty()),
        new ControlStamp(
            random.nextBoolean() ? OptionalLong.of(whole()) : OptionalLong.empty(), texts()));
  }

  private Score score() {
    return new Score(
        number(),
        number(),
        numbers(names.sources().size()),
        number(),
        number(),
        numbers(random.nextInt(9)),
        number(),
        number(),
        number(),
        number());
  }

  private Promotion promotion() {
    return new Promotion(
        random.nextBoolean(),
        random.nextBoolean(),
        texts(),
        random.nextBoolean() ? OptionalInt.of(random.nextInt(9)) : OptionalInt.empty(),
        random.nextBoolean(),
        number(),
        new Promotion.Counts(random.nextInt(), random.nextInt(), random.nextInt()));
  }

  private Evidence evidence() {
    RawRecord record = record();
    int count = Passengers.DOMAIN.attributes().size();
    String[] methods = new String[count];
    double[] values = new double[count];
    for (int a = 0; a < count; a++) {
      methods[a] = one(new String[] {
        Imputation.RECEIVED, Imputation.UPSTREAM, Imputation.MEDIAN, Imputation.MODE, "rule:none"
      });
      // 0 and 1 are codes of every vocabulary that is not empty, and truth values.
      values[a] = names.vocabulary().categories(a).isEmpty() && isCategory(a)
          ? Double.NaN
          : random.nextInt(2);
    }
    boolean none = random.nextInt(4) == 0;
    return new Evidence(
        record,
        new Imputation(values, methods, values),
        new FlagReading(0b10100, 0b01011),
        new RawTopology(
            random.nextInt(6),
            number(),
            none ? -1 : random.nextInt(5),
            none ? Double.NaN : number(),
            number(),
            number(),
            number(),
            none ? Double.NaN : number()),
        random.nextLong(),
        random.nextInt(9),
        random.nextInt(9),
        number());
  }

  private static boolean isCategory(int attribute) {
    return !Passengers.DOMAIN.attributes().get(attribute).kind().isNumeric();
  }

  private RawRecord record() {
    Map<String, @Nullable Object> values = Passengers.values();
    values.keySet().stream()
        .filter(name -> !name.equals("PassengerId"))
        .toList()
        .forEach(name -> {
          if (random.nextInt(3) == 0) {
            values.put(name, null);
          }
        });
    values.put("PassengerId", one(new String[] {"0001_01", "Ünïcode", "\"q\\"}));
    values.put("Destination", one(new String[] {"TRAPPIST-1e", "Elsewhere", "55 Cancri e"}));
    values.put("Age", (double) random.nextInt(80));
    List<String> imputed = random.nextBoolean() ? List.of("Age") : List.of("Destination", "Spa");
    return (RawRecord) new RecordParser(Passengers.DOMAIN).typed(values::get, imputed);
  }

  private Map<String, Double> components() {
    Map<String, Double> components = new LinkedHashMap<>();
    for (String name : List.of("z_flag", "missing_count", "cryo", "imputed_count")) {
      if (random.nextBoolean()) {
        components.put(name, number());
      }
    }
    return components;
  }

  private EnumSet<Reason> reasons() {
    EnumSet<Reason> reasons = some(Reason.class);
    reasons.add(one(Reason.values()));
    return reasons;
  }

  private <E extends Enum<E>> EnumSet<E> some(Class<E> type) {
    EnumSet<E> some = EnumSet.allOf(type);
    some.removeIf(constant -> random.nextBoolean());
    return some;
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T one(T[] of) {
    return of[random.nextInt(of.length)];
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    while (random.nextInt(3) > 0) {
      texts.add(text());
    }
    return texts;
  }

  private double[] numbers(int count) {
    return IntStream.range(0, count).mapToDouble(i -> number()).toArray();
  }

  private double number() {
    double any = Double.longBitsToDouble(random.nextLong());
    return switch (random.nextInt(4)) {
      case 0 -> random.nextDouble();
      case 1 -> random.nextInt(100) / 10.0;
      case 2 -> random.nextInt() * 1e-3;
      default -> Double.isFinite(any) ? any : -0.0;
    };
  }

  private long whole() {
    return random.nextLong() >> random.nextInt(64);
  }
}
