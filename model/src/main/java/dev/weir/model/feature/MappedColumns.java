package dev.weir.model.feature;

import dev.weir.model.document.Document;
import dev.weir.model.document.Section;
import dev.weir.model.domain.Domain;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.reference.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the columns of a model trained elsewhere come from a record, in format {@value #FORMAT}.
 *
 * @param text the file as it was read; a bundle carries it unchanged
 * @param featurizer the columns in the model's order, each with the source that answers for it
 */
public record MappedColumns(String text, Featurizer featurizer) {
  /** The only format of such files so far. */
  public static final int FORMAT = 1;

  private static final int NAMED_MAX = 8;

  /**
   * What a model asks for.
   *
   * @param names of its columns in order; empty where the model's file has none, and the mapping's
   *     order counts
   * @param count how many there are
   */
  public record Wanted(List<String> names, int count) {
    public Wanted {
      names = List.copyOf(names);
    }
  }

  /**
   * Reads a mapping.
   *
   * @param file the name that messages give the text
   * @throws dev.weir.model.document.InvalidDocument with every mistake, each with its place
   */
  public static MappedColumns read(
      String file, String text, Domain domain, FlagSet flags, Reference reference, Wanted wanted) {
    return Document.read(file, text, section -> {
      section.integer("format", FORMAT, FORMAT);
      MappedColumnReader reader = new MappedColumnReader(domain, flags, reference);
      Map<String, Column> found = new LinkedHashMap<>();
      Set<String> unreadable = new HashSet<>();
      section.sections("columns", inner -> column(inner, reader, wanted, found, unreadable));
      return new MappedColumns(text, new Featurizer(ordered(section, wanted, found, unreadable)));
    });
  }

  private static String column(
      Section section,
      MappedColumnReader reader,
      Wanted wanted,
      Map<String, Column> found,
      Set<String> unreadable) {
    String name = section.text("column");
    if (!wanted.names().isEmpty() && !name.isEmpty() && !wanted.names().contains(name)) {
      section.note(
          "column", "the model has no column '" + name + "'; it has " + some(wanted.names()));
    }
    Optional<Column> column = reader.read(section, name);
    if (found.containsKey(name) || unreadable.contains(name)) {
      section.note("column", "column '" + name + "' is mapped twice; keep one");
    } else if (column.isPresent()) {
      found.put(name, column.get());
    } else {
      unreadable.add(name);
    }
    return name;
  }

  /** The columns in the model's order; what the model lacks is noted. */
  private static List<Column> ordered(
      Section section, Wanted wanted, Map<String, Column> found, Set<String> unreadable) {
    if (wanted.names().isEmpty()) {
      int given = found.size() + unreadable.size();
      if (given != wanted.count()) {
        section.note(
            "columns",
            given + " columns; the model has " + wanted.count()
                + ", without names, so that the order here is its order");
      }
      return new ArrayList<>(found.values());
    }
    List<Column> ordered = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : wanted.names()) {
      Column column = found.get(name);
      if (column != null) {
        ordered.add(column);
      } else if (!unreadable.contains(name)) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      section.note(
          "columns", missing.size() + " columns of the model are not mapped: " + some(missing));
    }
    return Collections.unmodifiableList(ordered);
  }

  private static String some(List<String> names) {
    return names.size() <= NAMED_MAX
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMED_MAX)) + " and " + (names.size() - NAMED_MAX)
            + " more";
  }
}
