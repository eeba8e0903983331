package dev.weir.model.flag;

import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Kind;
import dev.weir.model.reference.Marks;
import dev.weir.model.reference.Surprise;
import java.util.List;

/**
 * A condition on the raw values of a record; a domain's flags are built from these.
 *
 * <p>{@link #canHold} and {@link #canFail} ask about completions: every way to fill the fields that
 * the sight does not see with values in their declared ranges. Both are exact for a single
 * detector; {@link AllOf} and {@link AnyOf} ask their parts one by one, which is exact as long as
 * no two parts read the same unseen field, and errs toward "can" otherwise.
 *
 * <p>Asking allocates nothing, not even an iterator: every record asks every flag.
 */
public sealed interface Detector
    permits Detector.ZeroVector,
        Detector.Missing,
        Detector.ImputedZero,
        Detector.DominantShare,
        Detector.OffGrid,
        Detector.AboveMark,
        Detector.Surprising,
        Detector.EqualTo,
        Detector.AllOf,
        Detector.AnyOf,
        Detector.Not,
        NeverSeenPair,
        UnknownCategory {
  /** Whether the condition is true of the values seen. */
  boolean holds(Sight sight);

  /** Whether some completion makes it true. */
  boolean canHold(Sight sight);

  /** Whether some completion makes it false. */
  boolean canFail(Sight sight);

  /** Bit f is set iff field f is read. */
  long reads();

  /** All fields that some of the parts read. */
  private static long reads(List<Detector> parts) {
    return parts.stream().mapToLong(Detector::reads).reduce(0, (a, b) -> a | b);
  }

  /** At least one value seen, and every one of them zero. */
  record ZeroVector(Amounts amounts) implements Detector {
    @Override
    public boolean holds(Sight sight) {
      return amounts.seen(sight) >= 1 && amounts.largestSeen(sight) <= Marks.ZERO_TOLERANCE;
    }

    @Override
    public boolean canHold(Sight sight) {
      return amounts.largestSeen(sight) <= Marks.ZERO_TOLERANCE
          && amounts.largestUnseenMin(sight) <= Marks.ZERO_TOLERANCE;
    }

    @Override
    public boolean canFail(Sight sight) {
      return amounts.largestSeen(sight) > Marks.ZERO_TOLERANCE
          || amounts.largestUnseenMax(sight) > Marks.ZERO_TOLERANCE;
    }

    @Override
    public long reads() {
      return amounts.mask();
    }
  }

  /** At least {@code countMin} of the fields not seen. A completion leaves nothing missing. */
  record Missing(long reads, int countMin) implements Detector {
    @Override
    public boolean holds(Sight sight) {
      return Long.bitCount(reads & ~sight.visible()) >= countMin;
    }

    @Override
    public boolean canHold(Sight sight) {
      return false;
    }

    @Override
    public boolean canFail(Sight sight) {
      return true;
    }
  }

  /** No value seen, and every value that was filled in is zero. */
  record ImputedZero(Amounts amounts) implements Detector {
    @Override
    public boolean holds(Sight sight) {
      return amounts.seen(sight) == 0 && amounts.largestFilled(sight) <= Marks.ZERO_TOLERANCE;
    }

    @Override
    public boolean canHold(Sight sight) {
      return false;
    }

    @Override
    public boolean canFail(Sight sight) {
      return true;
    }

    @Override
    public long reads() {
      return amounts.mask();
    }
  }

  /** Enough values seen, and the largest has at least the given share of their sum. */
  record DominantShare(Amounts amounts, double share, int presentMin) implements Detector {
    @Override
    public boolean holds(Sight sight) {
      double sum = amounts.sumSeen(sight);
      return amounts.seen(sight) >= presentMin
          && sum > Marks.ZERO_TOLERANCE
          && amounts.largestSeen(sight) / sum >= share;
    }

    @Override
    public boolean canHold(Sight sight) {
      return amounts.count() >= presentMin && amounts.largestPossibleShare(sight) >= share;
    }

    @Override
    public boolean canFail(Sight sight) {
      return amounts.count() < presentMin || amounts.smallestPossibleShare(sight) < share;
    }

    @Override
    public long reads() {
      return amounts.mask();
    }
  }

  /** Some value seen that is no multiple of the step. */
  record OffGrid(Amounts amounts, double step) implements Detector {
    @Override
    public boolean holds(Sight sight) {
      return amounts.isSeenOff(sight, step);
    }

    @Override
    public boolean canHold(Sight sight) {
      return holds(sight) || amounts.canUnseenBeOff(sight, step);
    }

    @Override
    public boolean canFail(Sight sight) {
      return !holds(sight) && amounts.canUnseenBeOn(sight, step);
    }

    @Override
    public long reads() {
      return amounts.mask();
    }
  }

  /**
   * The value of some attribute seen is more improbable, given what else is seen, than its own
   * training quantile at {@code step}/1000. What completions do to that is not worked out: with
   * anything unseen, either is taken to be possible.
   */
  record Surprising(int[] attributes, int step, long reads) implements Detector {
    @Override
    public boolean holds(Sight sight) {
      Surprise surprise = sight.reference().surprise();
      int[] codes = sight.codes();
      for (int attribute : attributes) {
        if (surprise.isAbove(attribute, codes, step)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean canHold(Sight sight) {
      return (reads & ~sight.visible()) != 0 || holds(sight);
    }

    @Override
    public boolean canFail(Sight sight) {
      return (reads & ~sight.visible()) != 0 || !holds(sight);
    }
  }

  /** At least {@code countMin} values seen above {@code factor} times their mark at {@code step}/1000. */
  record AboveMark(Amounts amounts, int step, double factor, int countMin) implements Detector {
    @Override
    public boolean holds(Sight sight) {
      return amounts.seenAbove(sight, step, factor) >= countMin;
    }

    @Override
    public boolean canHold(Sight sight) {
      return amounts.seenAbove(sight, step, factor)
              + amounts.unseenThatCanExceed(sight, step, factor)
          >= countMin;
    }

    @Override
    public boolean canFail(Sight sight) {
      return amounts.seenAbove(sight, step, factor)
              + amounts.unseenThatMustExceed(sight, step, factor)
          < countMin;
    }

    @Override
    public long reads() {
      return amounts.mask();
    }
  }

  /** The attribute is seen and equals the value: a Boolean, a Double, or a category. */
  record EqualTo(Attribute attribute, int index, Object value) implements Detector {
    @Override
    public boolean holds(Sight sight) {
      if (!sight.sees(attribute.field())) {
        return false;
      }
      return attribute.kind() == Kind.CATEGORY
          ? value.equals(sight.record().category(index))
          : sight.record().number(index) == number();
    }

    @Override
    public boolean canHold(Sight sight) {
      if (sight.sees(attribute.field())) {
        return holds(sight);
      }
      return attribute.kind() == Kind.CATEGORY
          || attribute.kind() == Kind.BOOLEAN
          || attribute.min() <= number() && number() <= attribute.max();
    }

    @Override
    public boolean canFail(Sight sight) {
      if (sight.sees(attribute.field())) {
        return !holds(sight);
      }
      return attribute.kind() == Kind.CATEGORY
          || attribute.kind() == Kind.BOOLEAN
          || attribute.min() != attribute.max()
          || attribute.min() != number();
    }

    private double number() {
      return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
    }

    @Override
    public long reads() {
      return 1L << attribute.field();
    }
  }

  /** All parts hold. */
  record AllOf(List<Detector> parts) implements Detector {
    public AllOf {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean holds(Sight sight) {
      for (int i = 0; i < parts.size(); i++) {
        if (!parts.get(i).holds(sight)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean canHold(Sight sight) {
      for (int i = 0; i < parts.size(); i++) {
        if (!parts.get(i).canHold(sight)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean canFail(Sight sight) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i).canFail(sight)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public long reads() {
      return Detector.reads(parts);
    }
  }

  /** Some part holds. */
  record AnyOf(List<Detector> parts) implements Detector {
    public AnyOf {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean holds(Sight sight) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i).holds(sight)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean canHold(Sight sight) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i).canHold(sight)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean canFail(Sight sight) {
      for (int i = 0; i < parts.size(); i++) {
        if (!parts.get(i).canFail(sight)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public long reads() {
      return Detector.reads(parts);
    }
  }

  /** The part does not hold. */
  record Not(Detector part) implements Detector {
    @Override
    public boolean holds(Sight sight) {
      return !part.holds(sight);
    }

    @Override
    public boolean canHold(Sight sight) {
      return part.canFail(sight);
    }

    @Override
    public boolean canFail(Sight sight) {
      return part.canHold(sight);
    }

    @Override
    public long reads() {
      return part.reads();
    }
  }
}
