package dev.weir.lab.data;

import dev.weir.model.definition.CsvPlan;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RecordParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file as records of a domain, read one at a time and never held. Columns that the domain derives and the
 * file lacks are computed; a count needs a pass over the file beforehand.
 */
final class CsvRows implements AutoCloseable {
  private final Path file;
  private final DomainDefinition definition;
  private final RecordParser parser;
  private final CsvLines lines;
  private final Map<String, Integer> columnOfName = new HashMap<>();
  private final List<Derived> derived = new ArrayList<>();
  private final @Nullable String[] cells;

  /**
   * Opens a file.
   *
   * @throws UnusableData if the file is not a UTF-8 table with a column for the id
   */
  static CsvRows open(Path file, DomainDefinition definition) {
    return open(file, definition, UnaryOperator.identity());
  }

  /**
   * Opens a file.
   *
   * @param hash what takes the place of a value that the domain hashes
   * @throws UnusableData if the file is not a UTF-8 table with a column for the id
   */
  static CsvRows open(Path file, DomainDefinition definition, UnaryOperator<String> hash) {
    try (CsvLines lines = new CsvLines(file)) {
      requireId(file, lines.columns(), definition.domain());
    }
    return new CsvRows(
        file, definition, new RecordParser(definition.domain(), hash), Integer.MAX_VALUE);
  }

  /* With the first of the derived columns only, as the counts of the later ones need them. */
  private CsvRows(Path file, DomainDefinition definition, RecordParser parser, int derivations) {
    this.file = file;
    this.definition = definition;
    this.parser = parser;
    this.lines = new CsvLines(file);
    List<String> header = lines.columns();
    for (int i = 0; i < header.size(); i++) {
      columnOfName.put(header.get(i), i);
    }
    int seen = 0;
    for (Map.Entry<String, CsvPlan.Derivation> entry :
        definition.csv().derivations().entrySet()) {
      if (seen < derivations && !header.contains(entry.getKey())) {
        derived.add(derived(entry.getValue(), seen));
        columnOfName.put(entry.getKey(), header.size() + derived.size() - 1);
      }
      seen++;
    }
    this.cells = new String[header.size() + derived.size()];
  }

  /**
   * A computed column.
   *
   * @param from position of the column that it is computed from, or -1 where there is none
   * @param counts rows by value, where it is a count
   */
  private record Derived(int from, CsvPlan.Derivation how, Map<String, Integer> counts) {}

  private Derived derived(CsvPlan.Derivation how, int before) {
    if (how instanceof CsvPlan.PrefixOf prefix) {
      return new Derived(column(prefix.column()), how, Map.of());
    }
    if (how instanceof CsvPlan.CountOf count) {
      return new Derived(column(count.column()), how, counts(count.column(), before));
    }
    throw new AssertionError(how);
  }

  private Map<String, Integer> counts(String column, int derivations) {
    Map<String, Integer> counts = new HashMap<>();
    try (CsvRows rows = new CsvRows(file, definition, parser, derivations)) {
      while (rows.advance()) {
        String value = rows.cell(column);
        if (value != null) {
          counts.merge(value, 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  private int column(String name) {
    return columnOfName.getOrDefault(name, -1);
  }

  private static void requireId(Path file, List<String> header, Domain domain) {
    String id = domain.fields().get(domain.idField()).name();
    if (!header.contains(id)) {
      throw new UnusableData(file + " has no column '" + id + "', the id of domain " + domain.name()
          + "; its columns are " + header);
    }
  }

  /** The columns of the file. */
  List<String> columns() {
    return lines.columns();
  }

  /** Goes to the next row; false at the end of the file. */
  boolean advance() {
    Optional<CSVRecord> next = lines.next();
    next.ifPresent(this::take);
    return next.isPresent();
  }

  private void take(CSVRecord record) {
    int width = record.size();
    for (int i = 0; i < width; i++) {
      cells[i] = record.get(i).isBlank() ? null : record.get(i);
    }
    for (int i = 0; i < derived.size(); i++) {
      cells[width + i] = value(derived.get(i));
    }
  }

  private @Nullable String value(Derived column) {
    String value = column.from() < 0 ? null : cells[column.from()];
    if (value == null) {
      return null;
    }
    if (column.how() instanceof CsvPlan.PrefixOf prefix) {
      int end = value.indexOf(prefix.before());
      return end < 0 ? value : value.substring(0, end);
    }
    return String.valueOf(column.counts().get(value));
  }

  /** The line that the row begins on, from 1. */
  long line() {
    return lines.number();
  }

  /** The row's cell of a column of the file or of the domain; null where blank or absent. */
  @Nullable
  String cell(String name) {
    int column = column(name);
    return column < 0 ? null : cells[column];
  }

  /** The row's cells by the domain's field names, without the blank ones. */
  Map<String, String> cells() {
    Map<String, String> known = new LinkedHashMap<>();
    for (Field field : definition.domain().fields()) {
      String value = cell(field.name());
      if (value != null) {
        known.put(field.name(), value);
      }
    }
    return known;
  }

  /** The fields of the row that upstream imputed, as named. */
  List<String> imputed() {
    String cell = cell(definition.csv().imputedColumn());
    return cell == null ? List.of() : RecordParser.imputedNames(cell);
  }

  /** What the domain makes of the row. */
  Parsed parsed() {
    return parser.textual(this::cell, imputed());
  }

  @Override
  public void close() {
    lines.close();
  }
}
