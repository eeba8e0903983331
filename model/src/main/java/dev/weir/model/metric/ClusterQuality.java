package dev.weir.model.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well labels agree with Euclidean distance between points. Time grows with n², memory with n.
 *
 * <p>Points are n rows of equally many finite coordinates; labels are any numbers.
 */
public final class ClusterQuality {
  private ClusterQuality() {}

  /**
   * The mean silhouette in [-1, 1] (Rousseeuw, 1987) over all rows.
   *
   * @return empty unless there are at least 2 labels and fewer than rows
   */
  public static OptionalDouble silhouette(double[][] points, int[] labels) {
    return silhouettes(points, labels)
        .map(values -> OptionalDouble.of(mean(values)))
        .orElse(OptionalDouble.empty());
  }

  /**
   * The silhouette of every row: (b - a) / max(a, b), with a the mean distance to the other rows of its label and b the
   * smallest mean distance to the rows of another label; 0 for a row that is alone, or if a = b = 0.
   *
   * @return empty unless there are at least 2 labels and fewer than rows
   */
  public static Optional<double[]> silhouettes(double[][] points, int[] labels) {
    check(points, labels);
    int[] distinct = Arrays.stream(labels).sorted().distinct().toArray();
    if (distinct.length < 2 || distinct.length >= points.length) {
      return Optional.empty();
    }
    int[] cluster =
        Arrays.stream(labels).map(label -> Arrays.binarySearch(distinct, label)).toArray();
    int[] sizes = new int[distinct.length];
    for (int k : cluster) {
      sizes[k]++;
    }
    double[] silhouettes = new double[points.length];
    for (int row = 0; row < points.length; row++) {
      double[] sums = new double[distinct.length];
      for (int other = 0; other < points.length; other++) {
        sums[cluster[other]] += Math.sqrt(squaredDistance(points[row], points[other]));
      }
      silhouettes[row] = silhouette(sums, sizes, cluster[row]);
    }
    return Optional.of(silhouettes);
  }

  private static double silhouette(double[] sums, int[] sizes, int own) {
    if (sizes[own] == 1) {
      return 0;
    }
    double within = sums[own] / (sizes[own] - 1);
    double nearest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < sums.length; k++) {
      nearest = k == own ? nearest : Math.min(nearest, sums[k] / sizes[k]);
    }
    double greater = Math.max(within, nearest);
    return greater > 0 ? (nearest - within) / greater : 0;
  }

  /**
   * The mean neighbour purity in [0, 1]: the share of a row's k nearest other rows that carry its label.
   *
   * @param neighbours k ≥ 1; at most n - 1 are used
   * @return empty for fewer than 2 rows
   */
  public static OptionalDouble neighbourPurity(double[][] points, int[] labels, int neighbours) {
    List<Double> purities = neighbourPurities(points, labels, neighbours);
    return purities.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(mean(purities.stream().mapToDouble(purity -> purity).toArray()));
  }

  /** The neighbour purity of every row; equally distant rows count in row order. No elements for fewer than 2 rows. */
  public static List<Double> neighbourPurities(double[][] points, int[] labels, int neighbours) {
    check(points, labels);
    if (neighbours < 1) {
      throw new IllegalArgumentException("neighbours " + neighbours + " is below 1");
    }
    List<Double> purities = new ArrayList<>();
    int used = Math.min(neighbours, points.length - 1);
    for (int row = 0; row < points.length && used > 0; row++) {
      int same = 0;
      for (int other : nearest(points, row, used)) {
        same += labels[other] == labels[row] ? 1 : 0;
      }
      purities.add((double) same / used);
    }
    return List.copyOf(purities);
  }

  /** The {@code count} nearest other rows, by insertion: an equally distant later row never displaces an earlier one. */
  private static int[] nearest(double[][] points, int row, int count) {
    int[] rows = new int[count];
    double[] distances = new double[count];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    int found = 0;
    for (int other = 0; other < points.length; other++) {
      double distance = squaredDistance(points[row], points[other]);
      if (other == row || (found == count && distance >= distances[count - 1])) {
        continue;
      }
      found = Math.min(count, found + 1);
      int place = found - 1;
      for (; place > 0 && distances[place - 1] > distance; place--) {
        distances[place] = distances[place - 1];
        rows[place] = rows[place - 1];
      }
      distances[place] = distance;
      rows[place] = other;
    }
    return rows;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static void check(double[][] points, int[] labels) {
    Rows.requireSame("labels", labels.length, points.length);
    for (int row = 0; row < points.length; row++) {
      if (points[row].length != points[0].length) {
        throw new IllegalArgumentException("point " + row + " has " + points[row].length
            + " coordinates, point 0 has " + points[0].length);
      }
      Rows.requireFinite("point " + row + " coordinate", points[row]);
    }
  }
}
