package dev.weir.gating.decision;

/**
 * How far a batch lies from the bundle's training rows: its statistic that lies farthest.
 *
 * @param records that were compared, the batch's valid ones
 * @param statistic its name, for instance {@code zero(Spa)}; the first where several are as far
 * @param field the field to blame
 * @param z its distance in standard deviations of ordinary batches; 0 where nothing differs
 * @param threshold what |z| may be
 */
public record DriftFinding(
    int records, String statistic, String field, double z, double threshold) {
  /** Whether the batch is farther than ordinary ones are. */
  public boolean alarms() {
    return Math.abs(z) > threshold;
  }
}
