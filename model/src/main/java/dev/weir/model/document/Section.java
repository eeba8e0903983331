package dev.weir.model.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One map of a document, read key by key. A key that nobody asks for is a mistake; a required key
 * that is absent, or a value of the wrong kind, is noted and read as a harmless value.
 */
public final class Section {
  private final Document document;
  private final Node.Mapping mapping;
  private final String path;
  private final Set<String> asked = new LinkedHashSet<>();

  /* What there could be, given or not: messages name it. */
  private final Set<String> known = new LinkedHashSet<>();

  /* What is required and not given. */
  private final Set<String> absent = new LinkedHashSet<>();

  Section(Document document, Node.Mapping mapping, String path) {
    this.document = document;
    this.mapping = mapping;
    this.path = path;
  }

  /** Whether the key is given; one that is not is known from here on all the same. */
  public boolean has(String key) {
    known.add(key);
    return mapping.entries().containsKey(key);
  }

  /** The keys in the order of the text; asking for them is left to the caller. */
  public List<String> keys() {
    return List.copyOf(mapping.entries().keySet());
  }

  /** Leaves every key unread, after a mistake of the map as a whole was noted. */
  public void skip() {
    asked.addAll(mapping.entries().keySet());
  }

  /** Notes a mistake at the key's value, or at the map where the key is absent. */
  public void note(String key, String message) {
    Node.Entry entry = mapping.entries().get(key);
    document.note(entry == null ? mapping.location() : entry.value().location(), message);
  }

  /**
   * Notes that a name, in the key's list or a key of its map, is none of those that it must be, and which
   * one was probably meant.
   *
   * @param what it is not, with its article
   */
  public void noteStranger(String key, String name, String what, Collection<String> known) {
    Node.Entry entry = mapping.entries().get(key);
    String meant = Nearest.question(name, known);
    document.note(
        entry == null ? mapping.location() : entry.value().locationOf(name),
        "'" + name + "' is not " + what + meant + (meant.isEmpty() ? "; known: " : " known: ")
            + List.copyOf(known));
  }

  /** Notes a mistake of the map as a whole. */
  public void note(String message) {
    document.note(mapping.location(), message);
  }

  /** A required text. */
  public String text(String key) {
    return required(key).flatMap(node -> text(key, node)).orElse("");
  }

  /** A text, or the default where the key is absent. */
  public String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** A text; empty where the key is absent or null. */
  public String textOrNothing(String key) {
    Node.Entry entry = mapping.entries().get(key);
    if (entry != null && entry.value() instanceof Node.Nothing) {
      asked.add(key);
      return "";
    }
    return text(key, "");
  }

  /** A required text out of a closed set, for instance the names of an enum; the first where it is not. */
  public String oneOf(String key, List<String> allowed) {
    return chosen(key, allowed, allowed.get(0));
  }

  /** A text out of a closed set, or the default where the key is absent or its value is not in it. */
  public String oneOf(String key, List<String> allowed, String otherwise) {
    return has(key) ? chosen(key, allowed, otherwise) : otherwise;
  }

  private String chosen(String key, List<String> allowed, String otherwise) {
    String value = text(key);
    if (allowed.contains(value)) {
      return value;
    }
    if (isText(key)) {
      String meant = Nearest.to(value, allowed)
          .map(near -> "did you mean '" + near + "'? ")
          .orElse("");
      note(
          key,
          "'" + value + "' is not known for " + full(key) + "; " + meant + "use one of " + allowed);
    }
    return otherwise;
  }

  /** A required finite number within [min, max]; min where it is not. */
  public double number(String key, double min, double max) {
    return required(key).map(node -> number(key, node, min, max)).orElse(min);
  }

  /** A finite number within [min, max], or the default where the key is absent. */
  public double number(String key, double min, double max, double otherwise) {
    return has(key) ? number(key, min, max) : otherwise;
  }

  /** A required whole number within [min, max]; min where it is not. */
  public int integer(String key, int min, int max) {
    double value = number(key, min, max);
    if (value != Math.rint(value)) {
      note(key, full(key) + " must be a whole number, found " + value);
      return min;
    }
    return (int) value;
  }

  /** A whole number within [min, max], or the default where the key is absent. */
  public int integer(String key, int min, int max, int otherwise) {
    return has(key) ? integer(key, min, max) : otherwise;
  }

  /** A required truth value; false where it is not. */
  public boolean truth(String key) {
    Optional<Node> node = required(key);
    if (node.isPresent() && node.get() instanceof Node.Truth truth) {
      return truth.value();
    }
    node.ifPresent(n -> wrong(key, n, "true or false"));
    return false;
  }

  /** A truth value, or the default where the key is absent. */
  public boolean truth(String key, boolean otherwise) {
    return has(key) ? truth(key) : otherwise;
  }

  /** A truth value, number or text as its Java value; empty, and noted, for anything else. */
  public Optional<Object> scalar(String key) {
    Optional<Node> node = required(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof Node.Truth truth) {
      return Optional.of(truth.value());
    }
    if (node.get() instanceof Node.Numeral numeral) {
      return Optional.of(numeral.value());
    }
    if (node.get() instanceof Node.Text text) {
      return Optional.of(text.value());
    }
    wrong(key, node.get(), "a single value");
    return Optional.empty();
  }

  /** A truth value, number or text as it is written; empty, and noted, for anything else. */
  public Optional<String> literal(String key) {
    Node.Entry entry = mapping.entries().get(key);
    return scalar(key)
        .map(value -> entry != null && entry.value() instanceof Node.Numeral numeral
            ? numeral.literal()
            : value.toString());
  }

  /** Whether the key's value is a number within [min, max], so that it can be compared. */
  public boolean isNumber(String key, double min, double max) {
    Node.Entry entry = mapping.entries().get(key);
    return entry != null
        && entry.value() instanceof Node.Numeral numeral
        && numeral.value() >= min
        && numeral.value() <= max;
  }

  /** Whether the key's value is a text of a closed set, so that what follows from it can be checked. */
  public boolean isOneOf(String key, List<String> allowed) {
    Node.Entry entry = mapping.entries().get(key);
    return entry != null
        && entry.value() instanceof Node.Text text
        && allowed.contains(text.value());
  }

  /** Whether the key's value is a single text rather than a list or a map. */
  public boolean isText(String key) {
    Node.Entry entry = mapping.entries().get(key);
    return entry != null && entry.value() instanceof Node.Text;
  }

  /** A required list of texts; a single text counts as a list of one. */
  public List<String> texts(String key) {
    Optional<Node> node = required(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof Node.Text single) {
      return List.of(single.value());
    }
    if (!(node.get() instanceof Node.Sequence sequence)) {
      wrong(key, node.get(), "a list of texts");
      return List.of();
    }
    List<String> values = new ArrayList<>();
    for (Node item : sequence.items()) {
      text(key, item).ifPresent(values::add);
    }
    return List.copyOf(values);
  }

  /** A list of texts, or the default where the key is absent. */
  public List<String> texts(String key, List<String> otherwise) {
    return has(key) ? texts(key) : otherwise;
  }

  /** What {@code reader} makes of a required map; empty, and noted, where there is none. */
  public <T> Optional<T> section(String key, Function<Section, T> reader) {
    return required(key).flatMap(node -> section(full(key), node, reader));
  }

  /** What {@code reader} makes of each map in a list. */
  public <T> List<T> sections(String key, Function<Section, T> reader) {
    Optional<Node> node = required(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof Node.Sequence sequence)) {
      wrong(key, node.get(), "a list of maps");
      return List.of();
    }
    List<T> values = new ArrayList<>();
    for (Node item : sequence.items()) {
      section(full(key), item, reader).ifPresent(values::add);
    }
    return List.copyOf(values);
  }

  /** What {@code reader} makes of each named map in a map, in the order of the text. */
  public <T> Map<String, T> named(String key, Function<Section, T> reader) {
    Map<String, T> values = new LinkedHashMap<>();
    section(key, inner -> {
      for (String name : inner.keys()) {
        inner.section(name, reader).ifPresent(value -> values.put(name, value));
      }
      return values;
    });
    return values;
  }

  /** A map from names to numbers within [min, max], in the order of the text. */
  public Map<String, Double> numbers(String key, double min, double max) {
    Map<String, Double> values = new LinkedHashMap<>();
    section(key, inner -> {
      inner.keys().forEach(name -> values.put(name, inner.number(name, min, max)));
      return values;
    });
    return values;
  }

  void finish() {
    mapping.entries().forEach((key, entry) -> {
      if (!asked.contains(key)) {
        Optional<String> near = Nearest.to(key, known);
        near.ifPresent(absent::remove); // mistyped, not left out
        String meant = near.map(name -> "did you mean '" + name + "'? ").orElse("");
        String hint = known.isEmpty() ? "no key is known here" : "known here: " + known;
        document.note(entry.key(), "unknown key '" + full(key) + "'; " + meant + hint);
      }
    });
    absent.forEach(key -> document.note(mapping.location(), "'" + full(key) + "' is missing"));
  }

  private Optional<Node> required(String key) {
    asked.add(key);
    known.add(key);
    Node.Entry entry = mapping.entries().get(key);
    if (entry == null) {
      absent.add(key);
      return Optional.empty();
    }
    return Optional.of(entry.value());
  }

  private <T> Optional<T> section(String name, Node node, Function<Section, T> reader) {
    if (!(node instanceof Node.Mapping inner)) {
      document.note(node.location(), name + " must be a map, found " + node.described());
      return Optional.empty();
    }
    Section section = new Section(document, inner, name);
    T value = reader.apply(section);
    section.finish();
    return Optional.ofNullable(value);
  }

  private Optional<String> text(String key, Node node) {
    if (node instanceof Node.Text text) {
      return Optional.of(text.value());
    }
    wrong(key, node, "text (quote it if it looks like a number)");
    return Optional.empty();
  }

  private double number(String key, Node node, double min, double max) {
    if (!(node instanceof Node.Numeral numeral)) {
      wrong(key, node, "a number");
      return min;
    }
    if (numeral.value() < min || numeral.value() > max) {
      document.note(
          node.location(), full(key) + " " + numeral.literal() + " is outside " + range(min, max));
      return min;
    }
    return numeral.value();
  }

  private void wrong(String key, Node node, String expected) {
    document.note(
        node.location(), full(key) + " must be " + expected + ", found " + node.described());
  }

  private String full(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String range(double min, double max) {
    if (max == Double.POSITIVE_INFINITY) {
      return "[" + plain(min) + ", ∞)";
    }
    return "[" + plain(min) + ", " + plain(max) + "]";
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
