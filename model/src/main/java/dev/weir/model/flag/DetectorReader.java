package dev.weir.model.flag;

import dev.weir.model.document.Nearest;
import dev.weir.model.document.Section;
import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Kind;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.Surprise;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads detectors as a domain file or a policy writes them. */
public final class DetectorReader {
  private static final String CHANNELS = "channels";
  private static final String EVIDENCE = "evidence";
  private static final double FACTOR_MAX = 1e6;
  /* Without it, e⁻⁵ = .7 % of independent pairs would look impossible. */
  private static final double EXPECTED_MIN = 5;
  private static final List<String> DETECTORS = List.of(
      "zeroVector",
      "allMissing",
      "anyMissing",
      "severalMissing",
      "imputedZero",
      "dominantShare",
      "severalHigh",
      "outlier",
      "unknownCategory",
      "offGrid",
      "neverSeenPair",
      "surprising",
      "equals",
      "allOf",
      "anyOf",
      "not",
      "flag");

  private final Domain domain;
  private final List<Flag> known;

  /** A reader that resolves {@code flag: name} among the known flags. */
  public DetectorReader(Domain domain, List<Flag> known) {
    this.domain = domain;
    this.known = known;
  }

  /** The detector that a map with exactly one known key declares; null, and noted, otherwise. */
  public @Nullable Detector read(Section section) {
    List<String> keys = section.keys();
    if (keys.size() != 1 || !DETECTORS.contains(keys.get(0))) {
      section.note("a detector is a map with one of " + DETECTORS);
      section.skip();
      return null;
    }
    return switch (keys.get(0)) {
      case "zeroVector" -> new Detector.ZeroVector(amounts(section, "zeroVector"));
      case "imputedZero" -> new Detector.ImputedZero(amounts(section, "imputedZero"));
      case "allMissing" -> allMissing(section);
      case "anyMissing" -> new Detector.Missing(mask(section, "anyMissing"), 1);
      case "unknownCategory" -> unknownCategory(section);
      case "dominantShare" ->
        section.section("dominantShare", this::dominantShare).orElse(null);
      case "severalHigh" ->
        section.section("severalHigh", inner -> aboveMark(inner, 2)).orElse(null);
      case "severalMissing" ->
        section.section("severalMissing", this::severalMissing).orElse(null);
      case "offGrid" -> section.section("offGrid", this::offGrid).orElse(null);
      case "neverSeenPair" ->
        section.section("neverSeenPair", this::neverSeenPair).orElse(null);
      case "surprising" -> section.section("surprising", this::surprising).orElse(null);
      case "outlier" -> section.section("outlier", inner -> aboveMark(inner, 1)).orElse(null);
      case "equals" -> section.section("equals", this::equalTo).orElse(null);
      case "allOf" -> new Detector.AllOf(parts(section, "allOf"));
      case "anyOf" -> new Detector.AnyOf(parts(section, "anyOf"));
      case "not" -> section.section("not", this::read).map(Detector.Not::new).orElse(null);
      default -> named(section);
    };
  }

  private List<Detector> parts(Section section, String key) {
    List<Detector> parts = section.sections(key, this::read);
    if (parts.isEmpty()) {
      section.note(key, key + " needs at least one detector");
    }
    return parts.stream().filter(Objects::nonNull).toList();
  }

  private @Nullable Detector named(Section section) {
    String name = section.text("flag");
    Optional<Flag> flag = known.stream().filter(f -> f.name().equals(name)).findFirst();
    if (flag.isEmpty()) {
      section.note(
          "flag",
          "flag '" + name + "' is not declared before this one"
              + Nearest.question(name, known.stream().map(Flag::name).toList()));
    }
    return flag.map(Flag::detector).orElse(null);
  }

  private Detector dominantShare(Section section) {
    return new Detector.DominantShare(
        amounts(section, "fields"),
        section.number("share", 0, 1),
        section.integer("presentMin", 1, Domain.FIELDS_MAX, 1));
  }

  private Detector aboveMark(Section section, int countMin) {
    Amounts amounts = amounts(section, "fields");
    int step = step(section, "mark", section.number("mark", 0, 1));
    if (!amounts.areChannels()) {
      section.note("fields", "only channels have marks");
    }
    int count = countMin == 1 ? 1 : section.integer("countMin", 1, Domain.FIELDS_MAX, countMin);
    return new Detector.AboveMark(amounts, step, section.number("factor", 0, FACTOR_MAX, 1), count);
  }

  private Detector allMissing(Section section) {
    long mask = mask(section, "allMissing");
    return new Detector.Missing(mask, Long.bitCount(mask));
  }

  private Detector severalMissing(Section section) {
    return new Detector.Missing(
        mask(section, "fields"), section.integer("countMin", 1, Domain.FIELDS_MAX, 2));
  }

  private Detector offGrid(Section section) {
    double step = section.number("step", 0, Double.MAX_VALUE, 1);
    if (step == 0) {
      section.note("step", "step 0 is no grid; it must be above 0");
    }
    return new Detector.OffGrid(amounts(section, "fields"), step);
  }

  private @Nullable Detector neverSeenPair(Section section) {
    List<Integer> pair = section.texts("attributes").stream()
        .map(name -> discrete(section, name))
        .filter(index -> index >= 0)
        .distinct()
        .sorted()
        .toList();
    double expectedMin = section.number("expectedMin", 0, Double.MAX_VALUE, EXPECTED_MIN);
    if (pair.size() != 2
        || domain.attributes().get(pair.get(0)).field()
            == domain.attributes().get(pair.get(1)).field()) {
      section.note("attributes", "a pair is two categories or booleans of different fields");
      return null;
    }
    return new NeverSeenPair(domain, pair.get(0), pair.get(1), expectedMin);
  }

  private int discrete(Section section, String name) {
    int index = domain.attributeIndex(name).orElse(-1);
    if (index < 0 || !domain.isEvidence(index)) {
      section.note("attributes", unknownField(name));
      return -1;
    }
    Kind kind = domain.attributes().get(index).kind();
    return kind == Kind.CATEGORY || kind == Kind.BOOLEAN ? index : -1;
  }

  private Detector surprising(Section section) {
    List<Integer> fields = fields(section, "fields");
    double quantile = section.number("quantile", Surprise.FIRST_STEP / (double) Marks.STEPS, 1);
    int step = step(section, "quantile", quantile);
    int[] attributes = IntStream.range(0, domain.attributes().size())
        .filter(a -> fields.contains(domain.attributes().get(a).field()))
        .toArray();
    long reads =
        Arrays.stream(domain.evidence()).mapToLong(field -> 1L << field).reduce(0, (a, b) -> a | b);
    return new Detector.Surprising(attributes, step, reads);
  }

  private static int step(Section section, String key, double quantile) {
    int step = (int) Math.rint(quantile * Marks.STEPS);
    if (Math.abs(quantile * Marks.STEPS - step) > 1e-9) {
      section.note(key, key + " " + quantile + " must be a multiple of " + 1.0 / Marks.STEPS);
    }
    return step;
  }

  private Detector unknownCategory(Section section) {
    List<Integer> fields = fields(section, "unknownCategory");
    List<Attribute> all = domain.attributes();
    List<Integer> attributes = IntStream.range(0, all.size())
        .filter(a ->
            all.get(a).kind() == Kind.CATEGORY && fields.contains(all.get(a).field()))
        .boxed()
        .toList();
    if (attributes.isEmpty() && !fields.isEmpty()) {
      section.note("unknownCategory", "none of these fields has categories");
    }
    return new UnknownCategory(domain, attributes);
  }

  private @Nullable Detector equalTo(Section section) {
    String name = section.text("field");
    Object value = section.scalar("value").orElse("");
    int index = domain.attributeIndex(name).orElse(-1);
    if (index < 0 || !domain.isEvidence(index)) {
      section.note("field", unknownField(name));
      return null;
    }
    Attribute attribute = domain.attributes().get(index);
    boolean fits = switch (attribute.kind()) {
      case BOOLEAN -> value instanceof Boolean;
      case CATEGORY -> value instanceof String;
      default -> value instanceof Double;
    };
    if (!fits) {
      section.note("value", name + " is a " + attribute.kind() + "; " + value + " is not");
      return null;
    }
    return new Detector.EqualTo(attribute, index, value);
  }

  private Amounts amounts(Section section, String key) {
    List<Integer> fields = fields(section, key);
    for (int index : fields) {
      Field field = domain.fields().get(index);
      if (field.kind() != Kind.NUMBER || field.min() < 0) {
        section.note(key, field.name() + " must be a number with min of at least 0");
      }
    }
    return new Amounts(domain, fields);
  }

  private long mask(Section section, String key) {
    return fields(section, key).stream().mapToLong(field -> 1L << field).reduce(0, (a, b) -> a | b);
  }

  /** Fields by name; the words "channels" and "evidence" stand for all channels, all evidence. */
  private List<Integer> fields(Section section, String key) {
    List<String> names = section.texts(key);
    if (names.equals(List.of(CHANNELS))) {
      return Arrays.stream(domain.channels()).boxed().toList();
    }
    if (names.equals(List.of(EVIDENCE))) {
      return Arrays.stream(domain.evidence()).boxed().toList();
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!isEvidence(name)) {
        section.note(key, unknownField(name));
      } else if (!seen.add(name)) {
        section.note(key, "'" + name + "' is named twice; once is enough");
      }
    }
    List<Integer> fields = names.stream()
        .filter(this::isEvidence)
        .map(name -> domain.fieldIndex(name).orElseThrow())
        .toList();
    if (names.isEmpty()) {
      section.note(key, key + " needs at least one field");
    }
    return fields;
  }

  private boolean isEvidence(String name) {
    return domain.fieldIndex(name).stream()
        .anyMatch(index -> domain.fields().get(index).role().isEvidence());
  }

  private String unknownField(String name) {
    List<String> known = IntStream.of(domain.evidence())
        .mapToObj(field -> domain.fields().get(field).name())
        .toList();
    return "'" + name + "' is not a field of this domain that carries evidence"
        + Nearest.question(name, known);
  }
}
