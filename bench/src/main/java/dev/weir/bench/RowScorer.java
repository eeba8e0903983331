package dev.weir.bench;

/** One engine with one ensemble: what every candidate of a comparison must do alike. */
interface RowScorer extends AutoCloseable {
  /** The mean of the members' margins; NaN in the row is a missing value. */
  double margin(float[] row);

  @Override
  default void close() {}
}
