package dev.weir.lab.data;

import dev.weir.model.definition.CsvPlan;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Invalid;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file with a header, as records of a domain. Columns that the domain derives
 * and the file lacks are computed; columns that the domain does not name are passed over.
 */
public final class CsvRecords {
  private static final int SHOWN = 5;

  private final Path file;
  private final List<String> header;
  private final List<Row> rows;

  private CsvRecords(Path file, List<String> header, List<Row> rows) {
    this.file = file;
    this.header = header;
    this.rows = List.copyOf(rows);
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
   * Reads a whole file.
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
    CsvTable table = CsvTable.read(file);
    requireId(file, table.header(), definition.domain());
    definition.csv().derivations().forEach((field, how) -> derive(table, field, how));
    return new CsvRecords(file, table.header(), rows(definition, hash, table.lines()));
  }

  private static void requireId(Path file, List<String> header, Domain domain) {
    String id = domain.fields().get(domain.idField()).name();
    if (!header.contains(id)) {
      throw new UnusableData(file + " has no column '" + id + "', the id of domain " + domain.name()
          + "; its columns are " + header);
    }
  }

  private static void derive(CsvTable table, String field, CsvPlan.Derivation how) {
    if (table.header().contains(field)) {
      return;
    }
    List<Map<String, String>> rows =
        table.lines().stream().map(CsvTable.Line::cells).toList();
    if (how instanceof CsvPlan.PrefixOf prefix) {
      for (Map<String, String> row : rows) {
        String value = row.get(prefix.column());
        if (value != null) {
          int end = value.indexOf(prefix.before());
          row.put(field, end < 0 ? value : value.substring(0, end));
        }
      }
    } else if (how instanceof CsvPlan.CountOf count) {
      Map<String, Integer> counts = new HashMap<>();
      rows.forEach(row -> counts.merge(row.getOrDefault(count.column(), ""), 1, Integer::sum));
      for (Map<String, String> row : rows) {
        String value = row.get(count.column());
        if (value != null) {
          row.put(field, String.valueOf(counts.get(value)));
        }
      }
    } else {
      throw new AssertionError(how);
    }
  }

  private static List<Row> rows(
      DomainDefinition definition, UnaryOperator<String> hash, List<CsvTable.Line> lines) {
    RecordParser parser = new RecordParser(definition.domain(), hash);
    List<Row> rows = new ArrayList<>();
    for (CsvTable.Line line : lines) {
      List<String> imputed = imputed(line.cells().get(definition.csv().imputedColumn()));
      Map<String, String> known = known(line.cells(), definition.domain());
      rows.add(new Row(line.number(), known, imputed, parser.textual(known::get, imputed)));
    }
    return rows;
  }

  private static Map<String, String> known(Map<String, String> row, Domain domain) {
    Map<String, String> known = new LinkedHashMap<>();
    for (Field field : domain.fields()) {
      String value = row.get(field.name());
      if (value != null) {
        known.put(field.name(), value);
      }
    }
    return known;
  }

  private static List<String> imputed(@Nullable String cell) {
    return cell == null
        ? List.of()
        : Arrays.stream(cell.split("\\|", -1))
            .map(String::strip)
            .filter(n -> !n.isEmpty())
            .toList();
  }

  public Path file() {
    return file;
  }

  /** The rows in the order of the file. */
  public List<Row> rows() {
    return rows;
  }

  /**
   * The records, every one of them with an outcome and an id of its own.
   *
   * @throws UnusableData if any row is invalid, has no label, or repeats an id
   */
  public List<RawRecord> labelled() {
    List<String> problems = new ArrayList<>();
    List<RawRecord> records = new ArrayList<>();
    Map<String, Long> lineOfId = new HashMap<>();
    for (Row row : rows) {
      if (row.parsed() instanceof Invalid invalid) {
        problems.add(file + ":" + row.line() + ": " + invalid.reason());
      } else if (row.parsed() instanceof RawRecord record) {
        requireLabelColumn(record.domain());
        Long earlier = lineOfId.putIfAbsent(record.id(), row.line());
        if (earlier != null) {
          problems.add(
              file + ":" + row.line() + ": id " + record.id() + " is also on line " + earlier);
        } else if (record.label().isEmpty()) {
          problems.add(file + ":" + row.line() + ": " + record.id() + " has no "
              + labelName(record.domain()));
        }
        records.add(record);
      }
    }
    if (!problems.isEmpty()) {
      int shown = Math.min(SHOWN, problems.size());
      throw new UnusableData(problems.size() + " of " + rows.size()
          + " rows cannot be trained on; mend or remove them:\n  "
          + String.join("\n  ", problems.subList(0, shown))
          + (problems.size() > shown ? "\n  … and " + (problems.size() - shown) + " more" : ""));
    }
    return records;
  }

  private void requireLabelColumn(Domain domain) {
    if (!header.contains(labelName(domain))) {
      throw new UnusableData(file + " has no column '" + labelName(domain)
          + "', the label of domain " + domain.name() + "; its columns are " + header);
    }
  }

  private static String labelName(Domain domain) {
    return domain.labelField().isPresent()
        ? domain.fields().get(domain.labelField().getAsInt()).name()
        : "label";
  }
}
