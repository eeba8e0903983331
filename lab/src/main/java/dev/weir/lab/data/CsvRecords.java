package dev.weir.lab.data;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Invalid;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordColumns;
import dev.weir.model.domain.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The rows of a CSV file with a header, as records of a domain. Columns that the domain derives
 * and the file lacks are computed; columns that the domain does not name are passed over.
 *
 * @param columns of the file
 * @param rows in the order of the file
 */
public record CsvRecords(Path file, List<String> columns, List<Row> rows) {
  private static final int SHOWN = 5;

  public CsvRecords {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * One row.
   *
   * @param line the line of the file that it begins on, from 1
   * @param cells by the domain's field names, derived ones included; absent where the column is
   * @param parsed what the domain makes of it
   */
  public record Row(long line, Map<String, String> cells, List<String> imputed, Parsed parsed) {
    public Row {
      cells = Map.copyOf(cells);
      imputed = List.copyOf(imputed);
    }
  }

  /**
   * Reads a whole file, valid rows and others, with their cells.
   *
   * @throws UnusableData if the file is not a clean UTF-8 table with rows and a column for the id
   */
  public static CsvRecords read(Path file, DomainDefinition definition) {
    return read(file, definition, UnaryOperator.identity());
  }

  /**
   * Reads a whole file.
   *
   * @param hash what takes the place of a value that the domain hashes
   * @throws UnusableData if the file is not a clean UTF-8 table with rows and a column for the id
   */
  public static CsvRecords read(
      Path file, DomainDefinition definition, UnaryOperator<String> hash) {
    List<Row> read = new ArrayList<>();
    List<String> columns;
    try (CsvRows rows = CsvRows.open(file, definition, hash)) {
      columns = rows.columns();
      while (rows.advance()) {
        read.add(new Row(rows.line(), rows.cells(), rows.imputed(), rows.parsed()));
      }
    }
    requireRows(file, read.size());
    return new CsvRecords(file, columns, read);
  }

  /**
   * The declared fields that every row lacks, since the file has no column for them; not the outcome, and not what is
   * ignored.
   */
  public List<String> lacking(DomainDefinition definition) {
    return lacking(columns, definition);
  }

  /** The same of a file whose rows are read elsewhere. */
  public static List<String> lacking(Path file, DomainDefinition definition) {
    try (CsvRows rows = CsvRows.open(file, definition)) {
      return lacking(rows.columns(), definition);
    }
  }

  private static List<String> lacking(List<String> columns, DomainDefinition definition) {
    return definition.domain().fields().stream()
        .filter(field -> field.role() != Role.LABEL && field.role() != Role.IGNORED)
        .map(Field::name)
        .filter(name -> !columns.contains(name))
        .filter(name -> !definition.csv().derivations().containsKey(name))
        .toList();
  }

  /**
   * Reads the records of a whole file, every one of them with an outcome and an id of its own. They are held compactly: see
   * {@link RecordColumns}.
   *
   * @throws UnusableData if the file is not such a table, or any row is invalid, has no label, or repeats an id
   */
  public static List<RawRecord> labelled(Path file, DomainDefinition definition) {
    RecordColumns records = new RecordColumns(definition.domain());
    Map<String, Long> lineOfId = new HashMap<>();
    Problems problems = new Problems(file);
    int size = 0;
    try (CsvRows rows = CsvRows.open(file, definition)) {
      requireLabelColumn(file, rows.columns(), definition.domain());
      for (; rows.advance(); size++) {
        Parsed parsed = rows.parsed();
        if (parsed instanceof Invalid invalid) {
          problems.add(rows.line(), invalid.reason());
        } else if (parsed instanceof RawRecord record) {
          Long earlier = lineOfId.putIfAbsent(record.id(), rows.line());
          if (earlier != null) {
            problems.add(rows.line(), "id " + record.id() + " is also on line " + earlier);
          } else if (record.label().isEmpty()) {
            problems.add(rows.line(), record.id() + " has no " + labelName(record.domain()));
          }
          records.add(record);
        }
      }
    }
    requireRows(file, size);
    problems.requireNone(size);
    return records;
  }

  private static void requireRows(Path file, int rows) {
    if (rows == 0) {
      throw new UnusableData(
          file + " has a header and no row; name a CSV with a header line and rows");
    }
  }

  private static void requireLabelColumn(Path file, List<String> columns, Domain domain) {
    if (!columns.contains(labelName(domain))) {
      throw new UnusableData(file + " has no column '" + labelName(domain)
          + "', the label of domain " + domain.name() + "; its columns are " + columns);
    }
  }

  private static String labelName(Domain domain) {
    return domain.labelField().isPresent()
        ? domain.fields().get(domain.labelField().getAsInt()).name()
        : "label";
  }

  /** What keeps rows from being trained on: all are counted, the first are told. */
  private static final class Problems {
    private final Path file;
    private final List<String> shown = new ArrayList<>();
    private int count;

    Problems(Path file) {
      this.file = file;
    }

    void add(long line, String what) {
      count++;
      if (shown.size() < SHOWN) {
        shown.add(file + ":" + line + ": " + what);
      }
    }

    void requireNone(int rows) {
      if (count > 0) {
        throw new UnusableData(count + " of " + rows
            + " rows cannot be trained on; mend or remove them:\n  " + String.join("\n  ", shown)
            + (count > shown.size() ? "\n  … and " + (count - shown.size()) + " more" : ""));
      }
    }
  }
}
