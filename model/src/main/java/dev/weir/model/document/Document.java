package dev.weir.model.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A parsed YAML (or JSON) text and the mistakes found while it is read.
 *
 * <p>Reading never stops at the first mistake: accessors of {@link Section} note an issue and return
 * a harmless value, and {@link #read} throws once, with all of them.
 */
public final class Document {
  /** The largest text read, in characters. */
  public static final int CHARACTERS_MAX = 1 << 20;

  private static final int DEPTH_MAX = 50;
  private static final YAMLFactory YAML = YAMLFactory.builder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
      .build();

  private final String file;
  private final List<String> lines;
  private final List<Issue> issues = new ArrayList<>();

  private Document(String file, String text) {
    this.file = file;
    this.lines = text.lines().toList();
  }

  /**
   * What {@code reader} makes of the text's top map.
   *
   * @param file the name that messages give the text
   * @throws InvalidDocument with every issue noted, unknown keys included
   */
  public static <T> T read(String file, String text, Function<Section, T> reader) {
    Document document = new Document(file, text);
    Location start = new Location(file, 1, 1);
    if (text.length() > CHARACTERS_MAX) {
      document.note(
          start, "the file has " + text.length() + " characters, limit " + CHARACTERS_MAX);
      throw document.invalid();
    }
    Node root = document.parse(text, start);
    if (!(root instanceof Node.Mapping mapping)) {
      document.note(root.location(), "expected a map at the top, found " + root.described());
      throw document.invalid();
    }
    Section section = new Section(document, mapping, "");
    T result = reader.apply(section);
    section.finish();
    if (!document.issues.isEmpty()) {
      throw document.invalid();
    }
    return result;
  }

  void note(Location location, String message) {
    issues.add(new Issue(location, message));
  }

  private InvalidDocument invalid() {
    return new InvalidDocument(
        issues.stream()
            .sorted(java.util.Comparator.comparingInt((Issue i) -> i.location().line())
                .thenComparingInt(i -> i.location().column()))
            .toList(),
        lines);
  }

  private Node parse(String text, Location start) {
    try (YAMLParser parser = YAML.createParser(text)) {
      if (parser.nextToken() == null) {
        note(start, "the file is empty");
        throw invalid();
      }
      Node root = node(parser);
      if (parser.nextToken() != null) {
        note(at(parser.currentTokenLocation()), "a second document; one file holds one");
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      // The lines between quote the text, which is quoted below anyhow.
      String reason = e.getOriginalMessage()
          .lines()
          .filter(line -> !line.startsWith(" "))
          .collect(Collectors.joining(", "));
      note(location == null ? start : at(location), "not YAML: " + reason);
      throw invalid();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Node node(YAMLParser parser) throws IOException {
    Location location = at(parser.currentTokenLocation());
    JsonToken token = parser.currentToken();
    if (parser.isCurrentAlias()) {
      note(location, "aliases are not supported; write the value out");
      return new Node.Nothing(location);
    }
    return switch (token) {
      case START_OBJECT -> mapping(parser, location);
      case START_ARRAY -> sequence(parser, location);
      case VALUE_STRING -> new Node.Text(location, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, location);
      case VALUE_TRUE -> new Node.Truth(location, true);
      case VALUE_FALSE -> new Node.Truth(location, false);
      case VALUE_NULL -> new Node.Nothing(location);
      default -> throw new AssertionError(token);
    };
  }

  private Node number(YAMLParser parser, Location location) throws IOException {
    double value = parser.getDoubleValue();
    if (Double.isFinite(value)) {
      return new Node.Numeral(location, value, parser.getText());
    }
    note(location, "number " + parser.getText() + " is not finite");
    return new Node.Numeral(location, 0, parser.getText());
  }

  private Node mapping(YAMLParser parser, Location location) throws IOException {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Location key = at(parser.currentTokenLocation());
      String name = parser.currentName();
      parser.nextToken();
      Node value = node(parser);
      if (entries.putIfAbsent(name, new Node.Entry(key, value)) != null) {
        note(key, "key '" + name + "' is given twice; keep one");
      }
    }
    return new Node.Mapping(location, entries);
  }

  private Node sequence(JsonParser parser, Location location) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node((YAMLParser) parser));
    }
    return new Node.Sequence(location, items);
  }

  private Location at(JsonLocation location) {
    return new Location(
        file, Math.max(location.getLineNr(), 1), Math.max(location.getColumnNr(), 1));
  }
}
