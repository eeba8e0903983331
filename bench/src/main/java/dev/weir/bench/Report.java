package dev.weir.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The results as Markdown: said as they come, and written at the end. */
public final class Report {
  private final StringBuilder text = new StringBuilder();

  public void paragraph(String format, Object... values) {
    add("\n" + String.format(Locale.ROOT, format, values) + "\n\n");
  }

  public void header(String... columns) {
    add("\n" + row(columns) + "|" + "---|".repeat(columns.length) + "\n");
  }

  public void line(String... cells) {
    add(row(cells));
  }

  private static String row(String... cells) {
    return Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private void add(String lines) {
    text.append(lines);
    System.out.print(lines);
    System.out.flush();
  }

  public static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  public void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
