package dev.weir.model.flag;

/** Three-valued reading of a flag: true beats unknown beats false. */
public enum Truth {
  FALSE,
  /** False of the values at hand, and true for some completion of the unobserved ones. */
  UNKNOWN,
  TRUE
}
