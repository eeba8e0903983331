package dev.weir.lab.apply;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import java.math.BigInteger;

/** How the rows of a file form batches. */
public sealed interface BatchBy {
  /**
   * Rows with the same value in a field; a row without a value is a batch of one.
   *
   * @param isNamed whether the value names the batch; a sensitive one must not, as every decision
   *     tells its batch
   */
  record SameValue(String field, boolean isNamed) implements BatchBy {
    /** Named by the value. */
    public SameValue(String field) {
      this(field, true);
    }
  }

  /** A number of consecutive rows; the last batch may be smaller. */
  record Consecutive(int rows) implements BatchBy {}

  /**
   * Reads {@code group}, a number of rows, or a field's name.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static BatchBy of(String text, Domain domain) {
    if (text.matches("[0-9]+")) {
      BigInteger rows = new BigInteger(text);
      if (rows.signum() == 0) {
        throw new IllegalArgumentException("--batch-by " + text + ": a batch has at least 1 row");
      }
      return new Consecutive(rows.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue());
    }
    if (text.equals("group")) {
      return sameValue(domain
          .groupField()
          .map(domain.fields()::get)
          .orElseThrow(() -> new IllegalArgumentException(
              "--batch-by group: domain " + domain.name() + " declares no group field")));
    }
    if (domain.fieldIndex(text).isEmpty()) {
      throw new IllegalArgumentException("--batch-by '" + text + "' is neither 'group', a number of"
          + " rows, nor a field of domain " + domain.name() + ": "
          + domain.fields().stream().map(Field::name).toList());
    }
    return sameValue(domain.fields().get(domain.fieldIndex(text).getAsInt()));
  }

  private static SameValue sameValue(Field field) {
    return new SameValue(field.name(), !field.sensitive());
  }
}
