package dev.weir.model.document;

import java.util.List;
import java.util.Map;

/** A value of a document with its place. */
sealed interface Node {
  Location location();

  /** Where a name stands that it lists or has as a key; its own place where it does neither. */
  default Location locationOf(String name) {
    return location();
  }

  /** What the value is, in words for an error message. */
  String described();

  /** A mapping; entries in the order of the text. */
  record Mapping(Location location, Map<String, Entry> entries) implements Node {
    @Override
    public String described() {
      return "a map";
    }

    @Override
    public Location locationOf(String name) {
      Entry entry = entries.get(name);
      return entry == null ? location : entry.key();
    }
  }

  /** A value of a mapping with the place of its key. */
  record Entry(Location key, Node value) {}

  /** A sequence. */
  record Sequence(Location location, List<Node> items) implements Node {
    @Override
    public String described() {
      return "a list";
    }

    @Override
    public Location locationOf(String name) {
      return items.stream()
          .filter(item -> item instanceof Text text && text.value().equals(name))
          .findFirst()
          .map(Node::location)
          .orElse(location);
    }
  }

  /** A text. */
  record Text(Location location, String value) implements Node {
    @Override
    public String described() {
      return "text '" + value + "'";
    }
  }

  /** A finite number, with its literal because a number too long for a double is a mistake. */
  record Numeral(Location location, double value, String literal) implements Node {
    @Override
    public String described() {
      return "number " + literal;
    }
  }

  /** A truth value. */
  record Truth(Location location, boolean value) implements Node {
    @Override
    public String described() {
      return String.valueOf(value);
    }
  }

  /** An explicit nothing. */
  record Nothing(Location location) implements Node {
    @Override
    public String described() {
      return "null";
    }
  }
}
