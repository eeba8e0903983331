package dev.weir.gating.decision;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Role;
import java.util.List;

/**
 * Which received values a decision keeps. A sensitive group is erased and named as masked: no
 * decision rests on it. The id stays, sensitive or not, because outcomes find their decision by it.
 */
public final class Masking {
  private Masking() {}

  /** Whether a decision has a place for the field's value. */
  static boolean isCarried(Field field) {
    return field.role() != Role.IGNORED && field.role() != Role.LABEL;
  }

  /** Whether a decision tells the field's value. */
  public static boolean isKept(Field field) {
    return isCarried(field) && !isMasked(field);
  }

  private static boolean isMasked(Field field) {
    return field.sensitive() && field.role() == Role.GROUP;
  }

  /** The fields whose values are erased, in declared order. */
  public static List<String> masked(Domain domain) {
    return domain.fields().stream().filter(Masking::isMasked).map(Field::name).toList();
  }
}
