package dev.weir.model.flag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.reference.Frequencies;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.PairCounts;
import dev.weir.model.reference.Reference;
import dev.weir.model.reference.SumDistribution;
import dev.weir.model.reference.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A flag is unknown iff it is false and some completion of the unobserved fields makes it true: every
 * single detector and its negation against an enumeration of completions.
 */
class ThreeValuedReadingTest {
  private static final String DOMAIN = """
      domain: small
      format: 1
      fields:
        - {name: Id, kind: text, role: id}
        - {name: A, kind: number, role: channel, min: 0, max: 4}
        - {name: B, kind: number, role: channel, min: 1, max: 6}
        - {name: C, kind: number, role: channel, min: 0, max: 40}
        - {name: Asleep, kind: boolean}
        - {name: Planet, kind: category}
      flags:
        zero: {zeroVector: [A, C]}
        zero_with_floor: {zeroVector: channels}
        none: {allMissing: channels}
        some: {anyMissing: [A, Planet]}
        dominant: {dominantShare: {fields: channels, share: 0.6, presentMin: 2}}
        most_dominant: {dominantShare: {fields: channels, share: 0.87, presentMin: 3}}
        not_dominant_possible: {dominantShare: {fields: [A, C], share: 0.5, presentMin: 1}}
        too_many: {dominantShare: {fields: [A, B], share: 0.1, presentMin: 3}}
        high: {severalHigh: {fields: channels, mark: 0.5, countMin: 2}}
        outlier: {outlier: {fields: [A, B], mark: 1}}
        far_outlier: {outlier: {fields: [A, B], mark: 0.5, factor: 1.5}}
        two_missing: {severalMissing: {fields: evidence, countMin: 2}}
        off_grid: {offGrid: {fields: [A, C], step: 0.5}}
        off_coarse_grid: {offGrid: {fields: [B], step: 7}}
        odd_pair: {neverSeenPair: {attributes: [Planet, Asleep], expectedMin: 0.5}}
        asleep: {equals: {field: Asleep, value: true}}
        three: {equals: {field: A, value: 3}}
        nine: {equals: {field: A, value: 9}}
        earth: {equals: {field: Planet, value: Earth}}
        stranger: {unknownCategory: [Planet]}
        not_zero: {not: {flag: zero}}
        not_zero_with_floor: {not: {flag: zero_with_floor}}
        not_none: {not: {flag: none}}
        not_some: {not: {flag: some}}
        not_dominant: {not: {flag: dominant}}
        not_most_dominant: {not: {flag: most_dominant}}
        never_dominant: {not: {flag: not_dominant_possible}}
        not_too_many: {not: {flag: too_many}}
        not_high: {not: {flag: high}}
        not_outlier: {not: {flag: outlier}}
        not_far_outlier: {not: {flag: far_outlier}}
        not_two_missing: {not: {flag: two_missing}}
        on_grid: {not: {flag: off_grid}}
        on_coarse_grid: {not: {flag: off_coarse_grid}}
        not_odd_pair: {not: {flag: odd_pair}}
        awake: {not: {flag: asleep}}
        not_three: {not: {flag: three}}
        not_nine: {not: {flag: nine}}
        not_earth: {not: {flag: earth}}
        not_stranger: {not: {flag: stranger}}
        not_not_high: {not: {not: {flag: high}}}
      fragility: {}
      fragile: []
      imputation: {}
      features: {}
      prior: {keys: []}
      """;
  private static final DomainDefinition DEFINITION = DomainDefinition.read("small.yaml", DOMAIN);
  private static final FlagSet FLAGS = DEFINITION.flags();
  private static final List<String> FIELDS = List.of("A", "B", "C", "Asleep", "Planet");
  private static final Vocabulary VOCABULARY = new Vocabulary(
      List.of(List.of(), List.of(), List.of(), List.of(), List.of(), List.of("Earth", "Mars")));
  private static final Reference WITHOUT_PAIRS = Reference.withoutChecks(
      DEFINITION.domain(),
      -1,
      Marks.learn(List.of(new double[] {1, 2, 3}, new double[] {2, 4, 6}, new double[] {10, 30})),
      VOCABULARY,
      new SumDistribution(new double[] {1}),
      Frequencies.learn(DEFINITION.domain(), VOCABULARY, List.of()));
  /* Two of Mars slept and none was awake; of Earth both. */
  private static final Reference REFERENCE = new Reference(
      WITHOUT_PAIRS.marks(),
      VOCABULARY,
      WITHOUT_PAIRS.sums(),
      WITHOUT_PAIRS.frequencies(),
      new PairCounts(List.of(new PairCounts.Table(4, 5, new int[][] {{3, 0}, {1, 2}}))),
      WITHOUT_PAIRS.surprise(),
      WITHOUT_PAIRS.drift());
  private static final double[] FILLED =
      new double[DEFINITION.domain().attributes().size()];

  @Provide
  Arbitrary<Map<String, Object>> received() {
    Arbitrary<Object> a = Arbitraries.of(0.0, 1e-6, 1.0, 2.5, 3.0, 4.0);
    Arbitrary<Object> b = Arbitraries.of(1.0, 2.0, 4.5, 6.0);
    Arbitrary<Object> c = Arbitraries.of(0.0, 1.0, 7.0, 20.0, 21.0, 40.0);
    Arbitrary<Object> asleep = Arbitraries.of(true, false);
    Arbitrary<Object> planet = Arbitraries.of("Earth", "Mars", "Pluto");
    return net.jqwik.api.Combinators.combine(a, b, c, asleep, planet).as((va, vb, vc, vs, vp) -> {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("A", va);
      values.put("B", vb);
      values.put("C", vc);
      values.put("Asleep", vs);
      values.put("Planet", vp);
      return values;
    });
  }

  @Provide
  Arbitrary<Integer> masks() {
    return Arbitraries.integers().between(0, 31);
  }

  @Property(tries = 500)
  void read_anyRecord_agreesWithEnumeratedCompletions(
      @ForAll("received") Map<String, Object> values,
      @ForAll("masks") int missing,
      @ForAll("masks") int marked) {
    Map<String, Object> received = new HashMap<>(values);
    List<String> marks = new ArrayList<>();
    Map<String, Object> observed = new HashMap<>(values);
    List<String> unobserved = new ArrayList<>();
    for (int f = 0; f < FIELDS.size(); f++) {
      String field = FIELDS.get(f);
      boolean isMissing = (missing >>> f & 1) != 0;
      boolean isMarked = (marked >>> f & 1) != 0;
      if (isMissing) {
        received.remove(field);
      }
      if (isMarked) {
        marks.add(field);
      }
      if (isMissing || isMarked) {
        observed.remove(field);
        unobserved.add(field);
      }
    }
    long now = truths(observed) | truths(received);
    long possible = unobserved.isEmpty() ? 0 : completions(observed, unobserved, 0);
    FlagReading found = FLAGS.read(record(received, marks), REFERENCE, FILLED, FILLED);
    assertThat(FLAGS.names(found.truths())).isEqualTo(FLAGS.names(now));
    assertThat(FLAGS.names(found.unknowns())).isEqualTo(FLAGS.names(possible & ~now));
  }

  /** The flags that hold of some completion of the fields from an index on. */
  private static long completions(Map<String, Object> known, List<String> open, int from) {
    if (from == open.size()) {
      return truths(known);
    }
    long any = 0;
    for (Object value : grid(open.get(from))) {
      Map<String, Object> more = new HashMap<>(known);
      more.put(open.get(from), value);
      any |= completions(more, open, from + 1);
    }
    return any;
  }

  private static List<Object> grid(String field) {
    return switch (field) {
      case "A" -> List.of(0.0, 1.0, 2.0, 2.0001, 3.0, 4.0);
      case "B" -> List.of(1.0, 2.0, 2.5, 3.0, 4.0, 4.0001, 4.5, 6.0);
      case "C" -> List.of(0.0, 1.0, 2.0, 2.5, 3.0, 4.0, 4.5, 6.0, 20.0, 20.0001, 40.0);
      case "Asleep" -> List.of(true, false);
      default -> List.of("Earth", "Mars", "Pluto");
    };
  }

  private static long truths(Map<String, Object> values) {
    return FLAGS.read(record(values, List.of()), REFERENCE, FILLED, FILLED).truths();
  }

  private static RawRecord record(Map<String, Object> values, List<String> marked) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("Id", "x");
    return (RawRecord) new RecordParser(DEFINITION.domain()).typed(all::get, marked);
  }
}
