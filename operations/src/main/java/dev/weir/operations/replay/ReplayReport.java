package dev.weir.operations.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many decisions came out how. Immutable, and no larger for more of them.
 *
 * @param parts batch parts looked at
 * @param counts decisions by cause
 * @param examples the first of each cause but SAME, as sentences
 */
public record ReplayReport(long parts, Map<Cause, Long> counts, Map<Cause, List<String>> examples) {
  /** Nothing replayed yet. */
  public static final ReplayReport NONE = new ReplayReport(0, Map.of(), Map.of());

  private static final int EXAMPLES_MAX = 5;

  public ReplayReport {
    counts = Map.copyOf(counts);
    examples = Map.copyOf(examples);
  }

  /** A part whose decisions all came out the same way. */
  static ReplayReport part(Cause cause, int decisions, String example) {
    return new ReplayReport(1, Map.of(), Map.of()).and(cause, decisions, example);
  }

  /** This and more decisions of the last part. */
  ReplayReport and(Cause cause, int decisions, String example) {
    return and(new ReplayReport(
        0,
        Map.of(cause, (long) decisions),
        cause == Cause.SAME ? Map.of() : Map.of(cause, List.of(example))));
  }

  /** This and what follows it. */
  public ReplayReport and(ReplayReport next) {
    Map<Cause, Long> sums = new EnumMap<>(Cause.class);
    sums.putAll(counts);
    next.counts.forEach((cause, count) -> sums.merge(cause, count, Long::sum));
    sums.values().removeIf(count -> count == 0);
    Map<Cause, List<String>> first = new EnumMap<>(Cause.class);
    first.putAll(examples);
    next.examples.forEach((cause, more) -> first.merge(cause, more, ReplayReport::firstOf));
    return new ReplayReport(parts + next.parts, sums, first);
  }

  private static List<String> firstOf(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all.subList(0, Math.min(EXAMPLES_MAX, all.size())));
  }

  public long count(Cause cause) {
    return counts.getOrDefault(cause, 0L);
  }

  /** All decisions. */
  public long decisions() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether every decision came out as it was recorded. */
  public boolean isClean() {
    return count(Cause.SAME) == decisions();
  }

  /** The report for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(
        Locale.ROOT,
        "%,d decisions in %,d batch parts: %s%n",
        decisions(),
        parts,
        isClean() ? "every one the same, byte for byte" : "differences"));
    for (Cause cause : Cause.values()) {
      if (count(cause) > 0) {
        text.append(String.format(Locale.ROOT, "%-14s %,12d%n", cause, count(cause)));
        examples
            .getOrDefault(cause, List.of())
            .forEach(example -> text.append("  ").append(example).append('\n'));
      }
    }
    return text.toString();
  }
}
