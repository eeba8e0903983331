package dev.weir.lab.train;

/**
 * What models that did not see a row say of it; arrays are by position in {@code rows}.
 *
 * <p>Nothing that gave a row its figures was fitted to the row or chosen on it.
 *
 * @param rows positions in the list of training records, ascending: all of them, or where folds go
 *     forward in time those that are later than the first folds
 * @param folds the fold that each row was judged in
 * @param labels the outcomes
 * @param fragile whether a flag of the domain's fragile union is true
 * @param pModel the calibrated probability, in [0, 1]
 * @param pGlm the fallback's probability, in [0, 1]
 * @param p10 the lower end of the central 80 % interval
 * @param p90 its upper end
 */
public record OutOfFold(
    int[] rows,
    int[] folds,
    boolean[] labels,
    boolean[] fragile,
    double[] pModel,
    double[] pGlm,
    double[] p10,
    double[] p90) {
  public OutOfFold {
    int n = rows.length;
    if (folds.length != n
        || labels.length != n
        || fragile.length != n
        || pModel.length != n
        || pGlm.length != n
        || p10.length != n
        || p90.length != n) {
      throw new IllegalArgumentException("every array needs one value for each of " + n + " rows");
    }
  }

  /** How many rows were judged. */
  public int size() {
    return rows.length;
  }
}
