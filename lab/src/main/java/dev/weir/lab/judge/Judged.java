package dev.weir.lab.judge;

import dev.weir.lab.train.OutOfFold;
import dev.weir.model.metric.RiskCoverage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Rows with what was said of them out of fold, and the measures that reports show. */
public record Judged(OutOfFold rows, double threshold) {
  /** The normal quantile of two-sided 95 %. */
  public static final double Z = 1.96;

  public int size() {
    return rows.size();
  }

  public boolean predicted(int row) {
    return rows.pModel()[row] >= threshold;
  }

  public boolean isWrong(int row) {
    return predicted(row) != rows.labels()[row];
  }

  /** The error that the model itself expects: the probability of the class it does not predict. */
  public double expectedError(int row) {
    double p = rows.pModel()[row];
    return predicted(row) ? 1 - p : p;
  }

  public double baseRate() {
    return mean(all(), row -> rows.labels()[row] ? 1 : 0);
  }

  public int[] all() {
    return IntStream.range(0, size()).toArray();
  }

  /** The mean of a figure over some rows; NaN over none. */
  public static double mean(int[] rows, java.util.function.IntToDoubleFunction figure) {
    return Arrays.stream(rows).mapToDouble(figure).sum() / rows.length;
  }

  /** Rows by ascending probability, cut into parts of equal size; fewer parts where rows are few. */
  public int[][] byProbability(int[] of, int parts, int rowsMin) {
    int[] ordered = Arrays.stream(of)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer row) -> rows.pModel()[row])
            .thenComparing(Comparator.naturalOrder()))
        .mapToInt(Integer::intValue)
        .toArray();
    int count = Math.max(1, Math.min(parts, ordered.length / rowsMin));
    int[][] cut = new int[count][];
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) ordered.length * i / count);
      int to = (int) ((long) ordered.length * (i + 1) / count);
      cut[i] = Arrays.copyOfRange(ordered, from, to);
    }
    return cut;
  }

  /** Risk against coverage where the most confident rows are accepted first. */
  public RiskCoverage byPlainConfidence() {
    return rows.byPlainConfidence(threshold);
  }

  /** The same where a row counts as sure only as far as the near end of its interval is. */
  public RiskCoverage byInterval() {
    return curve(row -> predicted(row)
        ? logit(rows.p10()[row]) - logit(threshold)
        : logit(threshold) - logit(rows.p90()[row]));
  }

  /** Risk against coverage where the rows of the greatest figure are accepted first. */
  public RiskCoverage curve(java.util.function.IntToDoubleFunction confidence) {
    return rows.curve(threshold, confidence);
  }

  private static double logit(double p) {
    double inside = Math.min(1 - 1e-6, Math.max(1e-6, p));
    return StrictMath.log(inside / (1 - inside));
  }
}
