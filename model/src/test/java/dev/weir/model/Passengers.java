package dev.weir.model;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.EvidenceReader;
import dev.weir.model.feature.Imputer;
import dev.weir.model.flag.FlagReading;
import dev.weir.model.reference.Frequencies;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.Reference;
import dev.weir.model.reference.SumDistribution;
import dev.weir.model.reference.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Passengers of the shipped domain for tests, beside reference tables whose numbers are known:
 *
 * <ul>
 *   <li>channels but VRDeck: marks of 1, 2 … 1001, so 951 is the 0.95 and 996 the 0.995 mark
 *   <li>VRDeck: no mark
 *   <li>sums of training records: 0, 100, 200 and 400
 *   <li>imputed amounts: 0 on Earth, 50 on Europa and overall
 * </ul>
 */
public final class Passengers {
  public static final DomainDefinition DEFINITION = DomainDefinition.shipped("passenger");
  public static final Domain DOMAIN = DEFINITION.domain();
  public static final List<String> CHANNELS =
      List.of("RoomService", "FoodCourt", "ShoppingMall", "Spa", "VRDeck");
  public static final Reference REFERENCE = reference();
  public static final Imputer IMPUTER = imputer();

  private static final EvidenceReader READER = new EvidenceReader(
      DOMAIN, DEFINITION.flags(), DEFINITION.fragilityWeights(), IMPUTER, REFERENCE);

  private Passengers() {}

  /** A passenger with every field observed, spending 10, 20, 30, 40 and 50, and no flag. */
  public static Builder record() {
    return new Builder();
  }

  public static Evidence evidence(RawRecord record) {
    return READER.read(record);
  }

  /** The names of the true flags. */
  public static List<String> flags(RawRecord record) {
    return DEFINITION.flags().names(evidence(record).flags().truths());
  }

  /** The names of the unknown flags. */
  public static List<String> unknownFlags(RawRecord record) {
    return DEFINITION.flags().names(evidence(record).flags().unknowns());
  }

  public static FlagReading reading(RawRecord record) {
    return evidence(record).flags();
  }

  private static Reference reference() {
    double[] amounts = DoubleStream.iterate(1, v -> v + 1).limit(1001).toArray();
    double[] none = {0, 0};
    Map<String, List<String>> categories = Map.of(
        "HomePlanet", List.of("Earth", "Europa"),
        "Cabin.deck", List.of("B", "F"),
        "Cabin.side", List.of("P", "S"),
        "Destination", List.of("TRAPPIST-1e"));
    Vocabulary vocabulary = new Vocabulary(DOMAIN.attributes().stream()
        .map(attribute -> categories.getOrDefault(attribute.name(), List.of()))
        .toList());
    return Reference.withoutChecks(
        DOMAIN,
        DEFINITION.imputation().stratum(),
        Marks.learn(List.of(amounts, amounts, amounts, amounts, none)),
        vocabulary,
        new SumDistribution(new double[] {400, 0, 200, 100}),
        Frequencies.learn(DOMAIN, vocabulary, List.of()));
  }

  private static Imputer imputer() {
    double[][] fills = new double[3][DOMAIN.attributes().size()];
    for (int a = 0; a < DOMAIN.attributes().size(); a++) {
      Attribute attribute = DOMAIN.attributes().get(a);
      boolean channel = CHANNELS.contains(attribute.name());
      fills[1][a] = channel ? 50 : 0;
      fills[2][a] = channel ? 50 : 0;
    }
    return new Imputer(DOMAIN, DEFINITION.imputation(), REFERENCE, fills);
  }

  /** Says how a passenger differs from the plain one. */
  public static final class Builder {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final List<String> imputed = new ArrayList<>();

    Builder() {
      values.put("PassengerId", "0001_01");
      values.put("TravelGroup", "0001");
      values.put("HomePlanet", "Earth");
      values.put("CryoSleep", false);
      values.put("Cabin", "F/12/P");
      values.put("Destination", "TRAPPIST-1e");
      values.put("Age", 30);
      values.put("VIP", false);
      values.put("GroupSize", 1);
      spending(10, 20, 30, 40, 50);
    }

    /** Amounts by channel, in declared order. */
    public Builder spending(double... amounts) {
      for (int c = 0; c < amounts.length; c++) {
        values.put(CHANNELS.get(c), amounts[c]);
      }
      return this;
    }

    public Builder with(String field, @Nullable Object value) {
      values.put(field, value);
      return this;
    }

    public Builder missing(String... fields) {
      Arrays.stream(fields).forEach(values::remove);
      return this;
    }

    public Builder withoutSpending() {
      return missing(CHANNELS.toArray(String[]::new));
    }

    /** A value that upstream imputed. */
    public Builder upstream(String field, @Nullable Object value) {
      values.put(field, value);
      return marked(field);
    }

    /** Marks fields as imputed upstream, whatever their value. */
    public Builder marked(String... fields) {
      imputed.addAll(List.of(fields));
      return this;
    }

    /** What the parser makes of it, with types of their own. */
    public Parsed parse() {
      return new RecordParser(DOMAIN).typed(values::get, imputed);
    }

    /** What the parser makes of it if every value is text. */
    public Parsed parseText() {
      return new RecordParser(DOMAIN)
          .textual(
              name -> values.get(name) == null ? null : String.valueOf(values.get(name)), imputed);
    }

    public RawRecord build() {
      if (parse() instanceof RawRecord record) {
        return record;
      }
      throw new AssertionError(parse());
    }
  }
}
