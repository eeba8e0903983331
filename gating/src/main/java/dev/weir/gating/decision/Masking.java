package dev.weir.gating.decision;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Role;
import dev.weir.model.domain.Sensitivity;
import java.util.List;

/**
 * Which received values a decision keeps. A sensitive value is erased, or was hashed before the record
 * was looked at; a decision names both as masked. A hashed one stands where the value would, so that
 * canaries, the blind sample and outcomes go by the hash.
 */
public final class Masking {
  private Masking() {}

  /** Whether a decision has a place for the field's value. */
  static boolean isCarried(Field field) {
    return field.role() != Role.IGNORED && field.role() != Role.LABEL;
  }

  /** Whether a decision tells the field's value, or its hash. */
  public static boolean isKept(Field field) {
    return isCarried(field) && field.sensitivity() != Sensitivity.ERASED;
  }

  /** The fields whose values no decision tells as received, in declared order. */
  public static List<String> masked(Domain domain) {
    return domain.fields().stream()
        .filter(field -> isCarried(field) && field.sensitive())
        .map(Field::name)
        .toList();
  }

  /** Those whose values are erased. */
  public static List<String> erased(Domain domain) {
    return domain.fields().stream()
        .filter(field -> isCarried(field) && !isKept(field))
        .map(Field::name)
        .toList();
  }

  /** Those in whose place a hash stands. */
  public static List<String> hashed(Domain domain) {
    return domain.fields().stream()
        .filter(field -> field.sensitivity() == Sensitivity.HASHED)
        .map(Field::name)
        .toList();
  }
}
