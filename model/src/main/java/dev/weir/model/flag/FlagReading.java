package dev.weir.model.flag;

/**
 * What the flags of one {@link FlagSet} are on one record.
 *
 * @param truths bit i is set iff flag i is true
 * @param unknowns bit i is set iff flag i is unknown; disjoint from truths
 */
public record FlagReading(long truths, long unknowns) {
  public FlagReading {
    if ((truths & unknowns) != 0) {
      throw new IllegalArgumentException("a flag cannot be both true and unknown");
    }
  }

  public Truth truth(int flag) {
    if ((truths >>> flag & 1) != 0) {
      return Truth.TRUE;
    }
    return (unknowns >>> flag & 1) != 0 ? Truth.UNKNOWN : Truth.FALSE;
  }
}
