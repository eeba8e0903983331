package dev.weir.lab.data;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The cells of a CSV file with a header. A file that is not a clean table is refused: a row with a
 * cell too few cannot be told from a row that was cut off.
 *
 * @param header the columns' names; blank where a column has none, else each once
 */
record CsvTable(List<String> header, List<Line> lines) {
  /* A blank line is a record of one empty cell to this format, so that every line is counted. */
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).setTrim(true).get();

  CsvTable {
    header = List.copyOf(header);
    lines = List.copyOf(lines);
  }

  /**
   * One row.
   *
   * @param number of the line that it begins on, from 1
   * @param cells by column; a blank cell is absent
   */
  record Line(long number, Map<String, String> cells) {}

  static CsvTable read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UnusableData("no data file " + file + "; name a CSV with a header line");
    }
    try (CSVParser parser = FORMAT.parse(new StringReader(text(file)))) {
      List<String> header = List.of();
      List<Line> lines = new ArrayList<>();
      long number = 1;
      for (CSVRecord record : parser) {
        if (!isBlank(record)) {
          if (header.isEmpty()) {
            header = header(file, record);
          } else {
            lines.add(new Line(number, cells(file + ":" + number, record, header)));
          }
        }
        number = parser.getCurrentLineNumber() + 1;
      }
      if (lines.isEmpty()) {
        throw new UnusableData(file + (header.isEmpty() ? " is empty" : " has a header and no row")
            + "; name a CSV with a header line and rows");
      }
      return new CsvTable(header, lines);
    } catch (UncheckedIOException | IOException e) {
      throw new UnusableData("cannot read " + file + " as CSV: " + e.getMessage());
    }
  }

  private static String text(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    try {
      CharBuffer text = decoder.decode(bytes);
      boolean hasMark = text.length() > 0 && text.charAt(0) == '\uFEFF';
      return text.subSequence(hasMark ? 1 : 0, text.length()).toString();
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < bytes.position(); i++) {
        line += bytes.get(i) == '\n' ? 1 : 0;
      }
      throw new UnusableData(file + ":" + line + ": not UTF-8 text; save the file as UTF-8");
    }
  }

  private static boolean isBlank(CSVRecord record) {
    return record.size() == 1 && record.get(0).isBlank();
  }

  private static List<String> header(Path file, CSVRecord record) {
    List<String> header = Arrays.asList(record.values());
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!name.isBlank() && !seen.add(name)) {
        throw new UnusableData(file + " has two columns '" + name + "'; rename or remove one");
      }
    }
    return header;
  }

  private static Map<String, String> cells(String place, CSVRecord record, List<String> header) {
    if (record.size() > header.size()) {
      throw new UnusableData(place + ": " + record.size() + " cells, the header has "
          + header.size() + "; quote a cell that holds a comma");
    }
    if (record.size() < header.size()) {
      throw new UnusableData(place + ": " + record.size() + " cells, the header has "
          + header.size() + "; leave the cell of a missing value empty");
    }
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      if (!record.get(i).isBlank()) {
        cells.put(header.get(i), record.get(i));
      }
    }
    return cells;
  }
}
