package dev.weir.model.domain;

import java.util.Set;

/**
 * Takes fields that were found broken as not observed, so that a record can be scored again without
 * what they claim. An option to measure: nothing that ships applies it.
 */
public final class Repair {
  private final long broken;

  private Repair(long broken) {
    this.broken = broken;
  }

  /**
   * Of these fields.
   *
   * @throws IllegalArgumentException if one is no field of the domain that carries evidence
   */
  public static Repair of(Domain domain, Set<String> fields) {
    long mask = 0;
    for (String name : fields) {
      int field = domain.fieldIndex(name).orElse(-1);
      if (field < 0 || !domain.fields().get(field).role().isEvidence()) {
        throw new IllegalArgumentException("'" + name + "' is not a field of domain "
            + domain.name() + " that carries evidence, so it cannot be repaired");
      }
      mask |= 1L << field;
    }
    return new Repair(mask);
  }

  /** The record as it would be, had the fields been missing. */
  public RawRecord apply(RawRecord record) {
    return record.without(broken);
  }
}
