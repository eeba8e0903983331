package dev.weir.lab.corrupt;

import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One way in which what is upstream breaks. The same records, strength and seed give the same arrivals, and a record
 * that is hit at one strength is hit at every higher one.
 */
public sealed interface Corruption {
  /** Which kind it is. */
  Family family();

  /** What it happens to, in words of the domain; {@code all} where to everything. */
  String target();

  /** Its name in reports, for instance {@code unit_times_100:FoodCourt}. */
  default String name() {
    return family().label() + ":" + target();
  }

  /**
   * What arrives instead of a stream of records.
   *
   * @param records in the order of the stream, of one domain; outcomes stay theirs
   */
  List<Arrival> apply(List<RawRecord> records, Strength strength, long seed);

  /** A corruption that changes records one by one. */
  sealed interface ByRecord extends Corruption {
    /** Changes one record that is hit. */
    void damage(Draft draft, Domain domain, Strength strength, SplittableRandom random);

    @Override
    default List<Arrival> apply(List<RawRecord> records, Strength strength, long seed) {
      return Stream.of(records, name(), seed)
          .edited(
              hits(strength), (draft, domain, random) -> damage(draft, domain, strength, random));
    }

    /** The share of records that it is tried on. */
    default double hits(Strength strength) {
      return strength.share();
    }
  }

  /** Channels get lost one by one and are written as 0; the heaviest loses six in ten. */
  record ZeroFilled(boolean isMarked) implements ByRecord {
    private static final double SHARE_MAX = 0.6;

    @Override
    public Family family() {
      return isMarked ? Family.ZERO_FILLED_MARKED : Family.ZERO_FILLED;
    }

    @Override
    public String target() {
      return "all";
    }

    @Override
    public double hits(Strength strength) {
      return 1;
    }

    @Override
    public void damage(Draft draft, Domain domain, Strength strength, SplittableRandom random) {
      double share = Math.min(SHARE_MAX, strength.share());
      for (int channel : domain.channels()) {
        String name = domain.fields().get(channel).name();
        if (random.nextDouble() < share) {
          draft.set(name, 0.0);
          if (isMarked) {
            draft.mark(name);
          }
        }
      }
    }
  }

  /** A channel reports 0, or nothing at all. */
  record ChannelDown(String target, boolean isZero) implements ByRecord {
    @Override
    public Family family() {
      return isZero ? Family.CHANNEL_ZERO : Family.CHANNEL_MISSING;
    }

    @Override
    public void damage(Draft draft, Domain domain, Strength strength, SplittableRandom random) {
      if (isZero) {
        draft.set(target, 0.0);
      } else {
        draft.clear(target);
      }
    }
  }

  /** Fields do not come. */
  record FieldsMissing(List<String> fields) implements ByRecord {
    public FieldsMissing {
      fields = List.copyOf(fields);
    }

    @Override
    public Family family() {
      return Family.FIELD_MISSING;
    }

    @Override
    public String target() {
      return String.join("+", fields);
    }

    @Override
    public void damage(Draft draft, Domain domain, Strength strength, SplittableRandom random) {
      fields.forEach(draft::clear);
    }
  }

  /** A channel's unit is another: a hundred times as much, or a hundredth. */
  record UnitChanged(String target, boolean isLarger) implements ByRecord {
    private static final double FACTOR = 100;

    @Override
    public Family family() {
      return isLarger ? Family.UNIT_TIMES_100 : Family.UNIT_BY_100;
    }

    @Override
    public void damage(Draft draft, Domain domain, Strength strength, SplittableRandom random) {
      if (draft.value(target).orElse(null) instanceof Double amount) {
        draft.set(target, isLarger ? amount * FACTOR : amount / FACTOR);
      }
    }
  }

  /** The commonest category of an attribute has a name that nobody has seen. */
  record CategoryRenamed(String target) implements Corruption {
    private static final String SUFFIX = "_new";

    @Override
    public Family family() {
      return Family.CATEGORY_RENAMED;
    }

    @Override
    public List<Arrival> apply(List<RawRecord> records, Strength strength, long seed) {
      if (records.isEmpty()) {
        return List.of();
      }
      int attribute = records.get(0).domain().attributeIndex(target).orElseThrow();
      String common = commonest(records, attribute);
      return Stream.of(records, name(), seed)
          .edited(
              strength.share(),
              (draft, domain, random) -> rename(draft, domain, attribute, common));
    }

    private static String commonest(List<RawRecord> records, int attribute) {
      Map<String, Integer> counts = new TreeMap<>();
      for (RawRecord record : records) {
        String category = record.category(attribute);
        if (category != null) {
          counts.merge(category, 1, Integer::sum);
        }
      }
      return counts.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElse("");
    }

    private static void rename(Draft draft, Domain domain, int attribute, String common) {
      Attribute renamed = domain.attributes().get(attribute);
      Field field = domain.fields().get(renamed.field());
      if (!(draft.value(field.name()).orElse(null) instanceof String text)) {
        return;
      }
      if (field.parts().isEmpty()) {
        if (text.equals(common)) {
          draft.set(field.name(), common + SUFFIX);
        }
        return;
      }
      String[] pieces = text.split(Pattern.quote(field.separator()), -1);
      int part = attribute - domain.firstAttribute(renamed.field());
      if (pieces[part].strip().equals(common)) {
        pieces[part] = common + SUFFIX;
        draft.set(field.name(), String.join(field.separator(), pieces));
      }
    }
  }

  /** Two channels stand in each other's place. */
  record ChannelsSwapped(String first, String second) implements ByRecord {
    @Override
    public Family family() {
      return Family.CHANNELS_SWAPPED;
    }

    @Override
    public String target() {
      return first + "+" + second;
    }

    @Override
    public void damage(Draft draft, Domain domain, Strength strength, SplittableRandom random) {
      Object before = draft.value(first).orElse(null);
      move(draft, first, draft.value(second).orElse(null));
      move(draft, second, before);
    }

    private static void move(
        Draft draft, String field, @org.jspecify.annotations.Nullable Object value) {
      if (value == null) {
        draft.clear(field);
      } else {
        draft.set(field, value);
      }
    }
  }

  /** A truth value is its opposite. */
  record TruthFlipped(String target) implements ByRecord {
    @Override
    public Family family() {
      return Family.TRUTH_FLIPPED;
    }

    @Override
    public void damage(Draft draft, Domain domain, Strength strength, SplittableRandom random) {
      if (draft.value(target).orElse(null) instanceof Boolean truth) {
        draft.set(target, !truth);
      }
    }
  }

  /** A record is followed by its copy. */
  record Duplicated() implements Corruption {
    @Override
    public Family family() {
      return Family.DUPLICATED;
    }

    @Override
    public String target() {
      return "all";
    }

    @Override
    public List<Arrival> apply(List<RawRecord> records, Strength strength, long seed) {
      SplittableRandom random = Stream.random(name(), seed);
      List<Arrival> arrivals = new ArrayList<>(2 * records.size());
      for (RawRecord record : records) {
        arrivals.add(Arrival.intact(record));
        if (random.nextDouble() < strength.share()) {
          arrivals.add(new Arrival(record, record, true));
        }
      }
      return arrivals;
    }
  }

  /**
   * A rare slice becomes common: as many records arrive, drawn anew with replacement, so that the slice has its new
   * share, each under an id of its own, since nobody comes twice. Drawn members of the slice count as hit. Where nobody, or everybody, is in the slice, nothing changes.
   *
   * @param members whether a record is in the slice
   */
  record CohortShifted(String target, Predicate<RawRecord> members) implements Corruption {
    @Override
    public Family family() {
      return Family.COHORT_SHIFT;
    }

    @Override
    public List<Arrival> apply(List<RawRecord> records, Strength strength, long seed) {
      List<RawRecord> inside = records.stream().filter(members).toList();
      List<RawRecord> outside =
          records.stream().filter(record -> !members.test(record)).toList();
      if (inside.isEmpty() || outside.isEmpty()) {
        return records.stream().map(Arrival::intact).toList();
      }
      SplittableRandom random = Stream.random(name(), seed);
      List<Arrival> arrivals = new ArrayList<>(records.size());
      for (int i = 0; i < records.size(); i++) {
        boolean isMember = random.nextDouble() < strength.cohortShare();
        List<RawRecord> from = isMember ? inside : outside;
        RawRecord drawn = from.get(random.nextInt(from.size()));
        drawn = drawn.withId(drawn.id() + "#" + i);
        arrivals.add(new Arrival(drawn, drawn, isMember));
      }
      return arrivals;
    }
  }
}
