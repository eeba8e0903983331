package dev.weir.model.flag;

import dev.weir.model.domain.RawRecord;
import dev.weir.model.reference.Reference;

/**
 * A record seen through a mask: a value outside it counts as missing. One that is kept can be
 * {@linkplain #turn turned} from record to record, so that looking allocates nothing.
 */
public final class Sight {
  private final Reference reference;
  private RawRecord record;
  private long visible;
  private double[] filled;
  private final int[] codes;
  private boolean coded;

  private Sight(RawRecord record, long visible, Reference reference, double[] filled) {
    this.reference = reference;
    this.record = record;
    this.visible = visible;
    this.filled = filled;
    this.codes = new int[reference.surprise().coding().attributes()];
  }

  /**
   * What upstream did not impute: the only raw evidence.
   *
   * @param filled by attribute, upstream's value or else the imputer's; categories by code
   */
  public static Sight observed(RawRecord record, Reference reference, double[] filled) {
    return new Sight(record, record.observed(), reference, filled);
  }

  /**
   * Everything received, upstream's imputed values included.
   *
   * @param filled as for {@link #observed}
   */
  public static Sight received(RawRecord record, Reference reference, double[] filled) {
    return new Sight(record, record.present(), reference, filled);
  }

  /**
   * Looks at another record, or at the same one through another mask.
   *
   * @param visible bit f is set iff field f's value may be looked at
   * @param filled as for {@link #observed}
   */
  public void turn(RawRecord record, long visible, double[] filled) {
    this.record = record;
    this.visible = visible;
    this.filled = filled;
    this.coded = false;
  }

  RawRecord record() {
    return record;
  }

  long visible() {
    return visible;
  }

  Reference reference() {
    return reference;
  }

  double[] filled() {
    return filled;
  }

  /** The codes of what is seen, by attribute; made once for each record and mask. */
  int[] codes() {
    if (!coded) {
      reference.surprise().code(record, visible, codes);
      coded = true;
    }
    return codes;
  }

  boolean sees(int field) {
    return (visible >>> field & 1) != 0;
  }

  double number(int field) {
    return record.number(record.domain().firstAttribute(field));
  }
}
