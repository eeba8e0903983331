package dev.weir.model.domain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A record that cannot be decided, with every reason. It still counts in its batch, as fragile.
 *
 * @param id the record's id where it has one
 */
public record Invalid(Optional<String> id, List<Violation> violations) implements Parsed {
  public Invalid {
    violations = List.copyOf(violations);
  }

  /** One broken rule: which field, the value received, and what it should have been. */
  public record Violation(String field, String value, String rule) {
    @Override
    public String toString() {
      return field + " '" + value + "' " + rule;
    }
  }

  /** The reasons in one line. */
  public String reason() {
    return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
  }
}
