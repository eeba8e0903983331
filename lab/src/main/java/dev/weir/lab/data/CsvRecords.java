package dev.weir.lab.data;

import dev.weir.model.definition.CsvPlan;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Invalid;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.domain.Role;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file with a header, as records of a domain. Columns that the domain derives
 * and the file lacks are computed; columns that the domain does not name are passed over.
 */
public final class CsvRecords {
  private static final CSVFormat FORMAT = CSVFormat.RFC4180
      .builder()
      .setHeader()
      .setSkipHeaderRecord(true)
      .setIgnoreEmptyLines(true)
      .setTrim(true)
      .get();

  private final Path file;
  private final List<Row> rows;

  private CsvRecords(Path file, List<Row> rows) {
    this.file = file;
    this.rows = List.copyOf(rows);
  }

  /**
   * One row.
   *
   * @param line its line in the file, counted from 1
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
   * @throws UnusableData if there is no such file, it has no row, or no column for the id
   */
  public static CsvRecords read(Path file, DomainDefinition definition) {
    if (!Files.isRegularFile(file)) {
      throw new UnusableData("no data file " + file + "; name a CSV with a header line");
    }
    Domain domain = definition.domain();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser parser = FORMAT.parse(reader)) {
      List<String> header = header(parser);
      requireId(file, header, domain);
      List<Map<String, String>> cells = new ArrayList<>();
      List<Long> lines = new ArrayList<>();
      for (CSVRecord record : parser) {
        cells.add(cells(record, header));
        lines.add(parser.getCurrentLineNumber());
      }
      if (cells.isEmpty()) {
        throw new UnusableData(file + " has a header and no row");
      }
      definition
          .csv()
          .derivations()
          .forEach((field, how) -> derive(file, cells, header, field, how));
      return new CsvRecords(file, rows(definition, cells, lines));
    } catch (java.nio.charset.MalformedInputException e) {
      throw new UnusableData(file + " is not UTF-8 text");
    } catch (UncheckedIOException | IOException e) {
      throw new UnusableData("cannot read " + file + " as CSV: " + e.getMessage());
    }
  }

  private static List<String> header(CSVParser parser) {
    return parser.getHeaderNames().stream()
        .map(name -> name.startsWith("\uFEFF") ? name.substring(1) : name)
        .toList();
  }

  private static void requireId(Path file, List<String> header, Domain domain) {
    String id = domain.fields().get(domain.idField()).name();
    if (!header.contains(id)) {
      throw new UnusableData(file + " has no column '" + id + "', the id of domain " + domain.name()
          + "; its columns are " + header);
    }
  }

  private static Map<String, String> cells(CSVRecord record, List<String> header) {
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < Math.min(header.size(), record.size()); i++) {
      if (!record.get(i).isBlank()) {
        cells.put(header.get(i), record.get(i));
      }
    }
    return cells;
  }

  private static void derive(
      Path file,
      List<Map<String, String>> rows,
      List<String> header,
      String field,
      CsvPlan.Derivation how) {
    if (header.contains(field)) {
      return;
    }
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
      throw new AssertionError(file + ": " + how);
    }
  }

  private static List<Row> rows(
      DomainDefinition definition, List<Map<String, String>> cells, List<Long> lines) {
    RecordParser parser = new RecordParser(definition.domain());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Map<String, String> row = cells.get(i);
      List<String> imputed = imputed(row.get(definition.csv().imputedColumn()));
      Map<String, String> known = known(row, definition.domain());
      rows.add(new Row(lines.get(i), known, imputed, parser.textual(known::get, imputed)));
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
   * The records, every one of them with an outcome.
   *
   * @throws UnusableData if any row is invalid or has no label
   */
  public List<RawRecord> labelled() {
    List<String> problems = new ArrayList<>();
    List<RawRecord> records = new ArrayList<>();
    for (Row row : rows) {
      if (row.parsed() instanceof Invalid invalid) {
        problems.add(file + ":" + row.line() + ": " + invalid.reason());
      } else if (row.parsed() instanceof RawRecord record) {
        if (record.label().isEmpty()) {
          problems.add(file + ":" + row.line() + ": " + record.id() + " has no "
              + labelName(record.domain()));
        }
        records.add(record);
      }
    }
    if (!problems.isEmpty()) {
      int shown = Math.min(5, problems.size());
      throw new UnusableData(problems.size() + " of " + rows.size()
          + " rows cannot be trained on; mend or remove them:\n  "
          + String.join("\n  ", problems.subList(0, shown))
          + (problems.size() > shown ? "\n  …" : ""));
    }
    return records;
  }

  private static String labelName(Domain domain) {
    return domain.fields().stream()
        .filter(field -> field.role() == Role.LABEL)
        .map(Field::name)
        .findFirst()
        .orElse("label");
  }
}
