package dev.weir.model.feature;

import dev.weir.model.document.Nearest;
import dev.weir.model.document.Section;
import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.reference.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the formulas of a mapping, and finds out which source answers for a column. */
final class MappedColumnReader {
  private static final String ABSENT = "absent";
  private static final String FILLED = "filled";
  private static final List<String> FORMULAS = List.of(
      "field",
      "missing",
      "flag",
      "hourOf",
      "weekdayOf",
      "log1p",
      "sum",
      "difference",
      "product",
      "quotient",
      "constant");

  private final Domain domain;
  private final FlagSet flags;
  private final Reference reference;

  MappedColumnReader(Domain domain, FlagSet flags, Reference reference) {
    this.domain = domain;
    this.flags = flags;
    this.reference = reference;
  }

  /** A column; empty, and noted, where its formula is wrong. */
  Optional<Column> read(Section section, String name) {
    Set<String> sources = new LinkedHashSet<>();
    return Optional.ofNullable(formula(section, sources))
        .map(formula -> new Column(name, source(sources), formula));
  }

  /* A field or flag that reads no channel answers for itself; several channels are one source. */
  private String source(Set<String> sources) {
    if (sources.isEmpty()) {
      return "constant";
    }
    boolean reachesChannel =
        sources.stream().anyMatch(name -> name.equals(Featurizer.CHANNELS) || isChannel(name));
    return sources.size() > 1 && reachesChannel
        ? Featurizer.CHANNELS
        : sources.iterator().next();
  }

  private boolean isChannel(String name) {
    return Arrays.stream(domain.channels())
        .anyMatch(field -> domain.fields().get(field).name().equals(name));
  }

  private Column.@Nullable Formula formula(Section section, Set<String> sources) {
    List<String> named = section.keys().stream().filter(FORMULAS::contains).toList();
    if (named.size() != 1) {
      section.note("a column has exactly one of " + FORMULAS + ", found "
          + (named.isEmpty() ? "none" + meant(section) : named.toString()));
      section.skip();
      return null;
    }
    Column.Formula formula = switch (named.get(0)) {
      case "field" -> field(section, sources);
      case "missing" -> missing(section, sources);
      case "flag" -> flag(section, sources);
      case "hourOf" -> moment(section, "hourOf", sources);
      case "weekdayOf" -> moment(section, "weekdayOf", sources);
      case "log1p" ->
        section
            .section("log1p", inner -> formula(inner, sources))
            .map(MappedFormula.Log1p::new)
            .orElse(null);
      case "constant" ->
        new MappedFormula.Constant(section.number("constant", -Double.MAX_VALUE, Double.MAX_VALUE));
      default -> ofSeveral(section, named.get(0), sources);
    };
    return orElse(section, formula);
  }

  private static String meant(Section section) {
    return section.keys().stream()
        .map(key -> Nearest.question(key, FORMULAS))
        .filter(question -> !question.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static Column.@Nullable Formula orElse(
      Section section, Column.@Nullable Formula formula) {
    if (formula == null || !section.has(ABSENT) || section.isText(ABSENT)) {
      return formula;
    }
    return new MappedFormula.OrElse(
        formula, section.number(ABSENT, -Double.MAX_VALUE, Double.MAX_VALUE));
  }

  /** Whether gaps take the value with which Weir fills them. */
  private static boolean isFilled(Section section) {
    if (!section.isText(ABSENT)) {
      return false;
    }
    String text = section.text(ABSENT);
    if (!text.equals(FILLED)) {
      section.note(ABSENT, "absent must be a number, or 'filled', found '" + text + "'");
    }
    return true;
  }

  private Column.@Nullable Formula field(Section section, Set<String> sources) {
    OptionalInt found = attribute(section, "field", sources);
    boolean filled = isFilled(section);
    if (found.isEmpty()) {
      section.skip();
      return null;
    }
    int index = found.getAsInt();
    Attribute attribute = domain.attributes().get(index);
    if (attribute.kind() != Kind.CATEGORY) {
      return filled ? new Column.Value(index) : new MappedFormula.Received(index);
    }
    if (section.has("is")) {
      String category = section.text("is");
      List<String> categories = reference.vocabulary().categories(index);
      return filled
          ? new Column.OneHot(index, categories.indexOf(category))
          : new MappedFormula.Is(index, category);
    }
    if (section.has("codes")) {
      Map<String, Double> codes = section.numbers("codes", -Double.MAX_VALUE, Double.MAX_VALUE);
      return filled ? filledCodes(index, codes) : new MappedFormula.CodeOf(index, codes);
    }
    section.note(
        "field",
        "'" + attribute.name()
            + "' is a category; say which one with is: NAME, or give codes: {NAME:"
            + " NUMBER, …}");
    return null;
  }

  private Column.Formula filledCodes(int index, Map<String, Double> codes) {
    return new MappedFormula.FilledCodeOf(
        index,
        reference.vocabulary().categories(index).stream()
            .mapToDouble(category -> codes.getOrDefault(category, Double.NaN))
            .toArray());
  }

  private OptionalInt attribute(Section section, String key, Set<String> sources) {
    String name = section.text(key);
    OptionalInt index = domain.attributeIndex(name);
    if (index.isEmpty() || !domain.isEvidence(index.getAsInt())) {
      section.note(
          key,
          "'" + name + "' is not a field of domain " + domain.name() + " that carries evidence");
      return OptionalInt.empty();
    }
    int field = domain.attributes().get(index.getAsInt()).field();
    sources.add(domain.fields().get(field).name());
    return index;
  }

  private Column.@Nullable Formula missing(Section section, Set<String> sources) {
    String name = section.text("missing");
    int field = domain.fieldIndex(name).orElse(-1);
    int[] evidence = domain.evidence();
    for (int position = 0; position < evidence.length; position++) {
      if (evidence[position] == field) {
        sources.add(name);
        return new Column.Missing(position);
      }
    }
    section.note(
        "missing",
        "'" + name + "' is not a field of domain " + domain.name() + " that carries evidence");
    return null;
  }

  private Column.@Nullable Formula flag(Section section, Set<String> sources) {
    String name = section.text("flag");
    OptionalInt flag = flags.index(name);
    if (flag.isEmpty()) {
      section.note("flag", "flag '" + name + "' is not declared by domain " + domain.name());
      return null;
    }
    sources.add(Featurizer.source(flags.flags().get(flag.getAsInt()), domain));
    return new Column.FlagTrue(flag.getAsInt());
  }

  private Column.@Nullable Formula moment(Section section, String key, Set<String> sources) {
    OptionalInt index = attribute(section, key, sources);
    if (index.isEmpty()) {
      return null;
    }
    if (domain.attributes().get(index.getAsInt()).kind() != Kind.TIMESTAMP) {
      section.note(key, "'" + section.text(key) + "' is not a timestamp");
      return null;
    }
    return key.equals("hourOf")
        ? new Column.HourOfDay(index.getAsInt())
        : new Column.DayOfWeek(index.getAsInt());
  }

  private Column.@Nullable Formula ofSeveral(Section section, String key, Set<String> sources) {
    List<Column.Formula> parts = new ArrayList<>();
    int before = section
        .sections(key, inner -> {
          Column.Formula part = formula(inner, sources);
          if (part != null) {
            parts.add(part);
          }
          return true;
        })
        .size();
    boolean pair = !key.equals("sum");
    if (pair && before != 2) {
      section.note(key, key + " takes two formulas, found " + before);
      return null;
    }
    if (parts.size() != before || parts.isEmpty()) {
      return null;
    }
    return switch (key) {
      case "sum" -> new MappedFormula.Total(parts);
      case "difference" -> new MappedFormula.Difference(parts.get(0), parts.get(1));
      case "product" -> new Column.Product(parts.get(0), parts.get(1));
      default -> new MappedFormula.Quotient(parts.get(0), parts.get(1));
    };
  }
}
