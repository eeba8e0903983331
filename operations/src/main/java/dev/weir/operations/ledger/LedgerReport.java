package dev.weir.operations.ledger;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What became of every record that was read, partition by partition.
 *
 * @param missing records with no outcome
 * @param doubled records with more than one
 * @param unexplained outcomes without a record, and what cannot be read as an outcome
 */
public record LedgerReport(
    List<Partition> partitions,
    Routes routes,
    Findings missing,
    Findings doubled,
    Findings unexplained) {
  public LedgerReport {
    partitions = List.copyOf(partitions);
  }

  /**
   * One source partition: how many of the records read are what.
   *
   * @param begin the first offset
   * @param end the offset after the last
   */
  public record Partition(
      int partition,
      long begin,
      long end,
      long read,
      long decisions,
      long deadLetters,
      long markers,
      long open) {}

  /** The decisions by where they went, doubled ones included. */
  public record Routes(long accepted, long audited, long held) {}

  /**
   * Something that must not be.
   *
   * @param count how often it is
   * @param examples the first of them, as sentences
   */
  public record Findings(long count, List<String> examples) {
    public Findings {
      examples = List.copyOf(examples);
    }
  }

  /** Whether every record read has exactly one outcome, and every outcome a record. */
  public boolean balances() {
    return missing.count() == 0 && doubled.count() == 0 && unexplained.count() == 0;
  }

  /** All records read. */
  public long read() {
    return sum(Partition::read);
  }

  /** Records with a decision. */
  public long decisions() {
    return sum(Partition::decisions);
  }

  /** Records that became dead letters. */
  public long deadLetters() {
    return sum(Partition::deadLetters);
  }

  /** Batch markers. */
  public long markers() {
    return sum(Partition::markers);
  }

  /** Records of batches that are still open. */
  public long open() {
    return sum(Partition::open);
  }

  private long sum(ToLongFunction<Partition> count) {
    return partitions.stream().mapToLong(count).sum();
  }

  /** The report for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%d read = %d decisions + %d dead letters + %d markers + %d open: %s",
        read(),
        decisions(),
        deadLetters(),
        markers(),
        open(),
        balances() ? "balances" : "DOES NOT BALANCE");
    line(
        text,
        "decisions: %d accepted, %d audited, %d held",
        routes.accepted(),
        routes.audited(),
        routes.held());
    for (Partition p : partitions) {
      line(
          text,
          "partition %d, offsets %d to %d: %d read, %d decisions, %d dead letters, %d markers, %d open",
          p.partition(),
          p.begin(),
          p.end(),
          p.read(),
          p.decisions(),
          p.deadLetters(),
          p.markers(),
          p.open());
    }
    findings(text, "missing", missing);
    findings(text, "doubled", doubled);
    findings(text, "unexplained", unexplained);
    return text.toString();
  }

  private static void findings(StringBuilder text, String name, Findings findings) {
    if (findings.count() > 0) {
      line(text, "%s: %d", name, findings.count());
      findings.examples().forEach(example -> line(text, "  %s", example));
      if (findings.count() > findings.examples().size()) {
        line(text, "  and %d more", findings.count() - findings.examples().size());
      }
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
