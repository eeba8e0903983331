package dev.weir.model.document;

import java.util.List;
import java.util.stream.Collectors;

/** A document that cannot be used, with every mistake found in it. */
public final class InvalidDocument extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Issue> issues;

  InvalidDocument(List<Issue> issues, List<String> lines) {
    super(issues.stream().map(issue -> display(issue, lines)).collect(Collectors.joining("\n")));
    this.issues = List.copyOf(issues);
  }

  /** The mistakes in the order of the text. */
  public List<Issue> issues() {
    return issues;
  }

  private static String display(Issue issue, List<String> lines) {
    int line = issue.location().line();
    if (line < 1 || line > lines.size()) {
      return "ERROR: " + issue;
    }
    String source = lines.get(line - 1);
    int indent = Math.min(issue.location().column() - 1, source.length());
    return "ERROR: " + issue + "\n | " + source + "\n | " + " ".repeat(Math.max(indent, 0)) + "^";
  }
}
