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
    return new ReplayReport(
        1,
        decisions == 0 ? Map.of() : Map.of(cause, (long) decisions),
        cause == Cause.SAME ? Map.of() : Map.of(cause, List.of(example)));
  }

  /** Of something among the decisions that is none. */
  static ReplayReport undecodable(String example) {
    return new ReplayReport(
        0, Map.of(Cause.UNDECODABLE, 1L), Map.of(Cause.UNDECODABLE, List.of(example)));
  }

  /** This and more decisions of the last part. */
  ReplayReport and(Cause cause, int decisions, String example) {
    ReplayReport more = part(cause, decisions, example);
    return and(new ReplayReport(0, more.counts, more.examples));
  }

  /** This and what follows it. */
  public ReplayReport and(ReplayReport next) {
    return new Sum().add(this).add(next).report();
  }

  /** Adds reports up. */
  static final class Sum {
    private final Map<Cause, Long> counts = new EnumMap<>(Cause.class);
    private final Map<Cause, List<String>> examples = new EnumMap<>(Cause.class);
    private long parts;

    /** What follows those before. */
    Sum add(ReplayReport next) {
      parts += next.parts;
      next.counts.forEach((cause, count) -> counts.merge(cause, count, Long::sum));
      next.examples.forEach((cause, more) -> examples.merge(cause, more, ReplayReport::firstOf));
      return this;
    }

    ReplayReport report() {
      return new ReplayReport(parts, counts, examples);
    }
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
