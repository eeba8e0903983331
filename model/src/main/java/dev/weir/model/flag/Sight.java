package dev.weir.model.flag;

import dev.weir.model.domain.RawRecord;
import dev.weir.model.reference.Reference;

/**
 * A record seen through a mask: a value outside it counts as missing.
 *
 * @param visible bit f is set iff field f's value may be looked at
 * @param filled by attribute, the upstream's value or else the imputer's; categories by code
 */
public record Sight(RawRecord record, long visible, Reference reference, double[] filled) {
  /** What upstream did not impute: the only raw evidence. */
  public static Sight observed(RawRecord record, Reference reference, double[] filled) {
    return new Sight(record, record.observed(), reference, filled);
  }

  /** Everything received, upstream's imputed values included. */
  public static Sight received(RawRecord record, Reference reference, double[] filled) {
    return new Sight(record, record.present(), reference, filled);
  }

  boolean sees(int field) {
    return (visible >>> field & 1) != 0;
  }

  double number(int field) {
    return record.number(record.domain().firstAttribute(field));
  }
}
