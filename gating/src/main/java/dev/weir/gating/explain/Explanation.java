package dev.weir.gating.explain;

import java.util.List;

/**
 * One decision in words.
 *
 * @param headline what became of the record
 * @param sections in the order in which the gate went
 */
public record Explanation(String headline, List<Section> sections) {
  public Explanation {
    sections = List.copyOf(sections);
  }

  /** A question and the lines that answer it. */
  public record Section(String title, List<String> lines) {
    public Section {
      lines = List.copyOf(lines);
    }
  }

  /** The whole text, without a line break at its end. */
  public String text() {
    StringBuilder text = new StringBuilder(headline);
    for (Section section : sections) {
      text.append("\n\n").append(section.title());
      section.lines().forEach(line -> text.append("\n  ").append(line));
    }
    return text.toString();
  }
}
