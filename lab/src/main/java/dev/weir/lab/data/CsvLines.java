package dev.weir.lab.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The lines of a CSV file with a header, read one at a time. A file that is not a clean table is refused: a row with a cell
 * too few cannot be told from a row that was cut off.
 */
final class CsvLines implements AutoCloseable {
  /* A blank line is a record of one empty cell to this format, so that every line is counted. */
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).setTrim(true).get();
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path file;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> header;
  private long nextNumber = 1;
  private long number;

  /**
   * Opens a file and reads its header.
   *
   * @throws UnusableData if there is no file, or no header in it, or a column twice
   */
  CsvLines(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UnusableData("no data file " + file + "; name a CSV with a header line");
    }
    this.file = file;
    try {
      this.parser = FORMAT.parse(reader(file));
      this.records = parser.iterator();
      this.header = header();
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  private static Reader reader(Path file) throws IOException {
    BufferedReader reader = new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()));
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  private List<String> header() throws IOException {
    try {
      CSVRecord record = record()
          .orElseThrow(
              () -> new UnusableData(file + " is empty; name a CSV with a header line and rows"));
      Set<String> seen = new HashSet<>();
      for (String name : record.values()) {
        if (!name.isBlank() && !seen.add(name)) {
          throw new UnusableData(file + " has two columns '" + name + "'; rename or remove one");
        }
      }
      return List.copyOf(Arrays.asList(record.values()));
    } catch (UnusableData | UncheckedIOException e) {
      parser.close();
      throw e;
    }
  }

  /** The columns' names; blank where a column has none, else each once. */
  List<String> columns() {
    return header;
  }

  /** The line that the last row began on, from 1. */
  long number() {
    return number;
  }

  /**
   * The cells of the next row with any text, one for each column; empty at the end of the file.
   *
   * @throws UnusableData if the row has not one cell for each column, or the file cannot be read as UTF-8 or as CSV
   */
  Optional<CSVRecord> next() {
    try {
      Optional<CSVRecord> record = record();
      record.ifPresent(this::requireAllCells);
      return record;
    } catch (UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  private Optional<CSVRecord> record() {
    while (records.hasNext()) {
      CSVRecord record = records.next();
      number = nextNumber;
      nextNumber = parser.getCurrentLineNumber() + 1;
      if (record.size() > 1 || !record.get(0).isBlank()) {
        return Optional.of(record);
      }
    }
    return Optional.empty();
  }

  private void requireAllCells(CSVRecord record) {
    if (record.size() > header.size()) {
      throw new UnusableData(file + ":" + number + ": " + record.size() + " cells, the header has "
          + header.size() + "; quote a cell that holds a comma");
    }
    if (record.size() < header.size()) {
      throw new UnusableData(file + ":" + number + ": " + record.size() + " cells, the header has "
          + header.size() + "; leave the cell of a missing value empty");
    }
  }

  private UnusableData unreadable(Exception e) {
    boolean isNoText =
        e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException;
    String said = String.valueOf(e.getMessage()).replaceFirst("^\\S+Exception: ", "");
    return new UnusableData(
        isNoText
            ? file + ":" + lineOfBadText() + ": not UTF-8 text; save the file as UTF-8"
            : "cannot read " + file + " as CSV: " + said
                + (said.contains("encapsulated") ? "; check the quotes there" : ""));
  }

  /* No byte within a UTF-8 letter is a line feed, so lines can be decoded one by one. */
  private long lineOfBadText() {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (long at = 1; ; at++) {
        line.reset();
        int next = bytes.read();
        while (next != -1 && next != '\n') {
          line.write(next);
          next = bytes.read();
        }
        if (next == -1 || !isText(line.toByteArray())) {
          return at;
        }
      }
    } catch (IOException e) {
      return number;
    }
  }

  private static boolean isText(byte[] line) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
