package dev.weir.lab.data;

import dev.weir.lab.data.CsvRecords.Row;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Invalid;
import dev.weir.model.domain.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A CSV file of passengers as a test writes it, line by line. */
public final class CsvFile {
  private static final DomainDefinition PASSENGER = DomainDefinition.shipped("passenger");

  private final Path path;
  private final StringBuilder text = new StringBuilder();
  private String newLine = "\n";

  private CsvFile(Path path) {
    this.path = path;
  }

  public static CsvFile in(Path directory) {
    return new CsvFile(directory.resolve("rows.csv"));
  }

  public CsvFile line(String line) {
    text.append(line).append(newLine);
    return this;
  }

  CsvFile withNewLine(String other) {
    newLine = other;
    return this;
  }

  CsvFile withoutLastNewLine() {
    text.setLength(text.length() - newLine.length());
    return this;
  }

  Path path() {
    return path;
  }

  public CsvRecords read() {
    return read(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  CsvRecords read(byte[] bytes) {
    write(bytes);
    return CsvRecords.read(path, PASSENGER);
  }

  List<RawRecord> labelled() {
    write(text.toString().getBytes(StandardCharsets.UTF_8));
    return CsvRecords.labelled(path, PASSENGER);
  }

  private void write(byte[] bytes) {
    try {
      Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawRecord record(Row row) {
    return (RawRecord) row.parsed();
  }

  static Invalid invalid(Row row) {
    return (Invalid) row.parsed();
  }

  /** A field's value as received; null where missing. */
  static Object value(Row row, String field) {
    Domain domain = PASSENGER.domain();
    return record(row).received(domain.fieldIndex(field).orElseThrow()).orElse(null);
  }
}
