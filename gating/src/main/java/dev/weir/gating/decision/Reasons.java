package dev.weir.gating.decision;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/** An immutable set of reasons in the order of the rules: one object, however many there are. */
public final class Reasons extends AbstractSet<Reason> {
  private static final Reason[] ALL = Reason.values();
  private static final Reasons NONE = new Reasons(0);

  private final int bits;

  private Reasons(int bits) {
    this.bits = bits;
  }

  /** A copy; a set that is one of these already is its own. */
  public static Reasons copyOf(Set<Reason> reasons) {
    if (reasons instanceof Reasons own) {
      return own;
    }
    if (reasons.isEmpty()) {
      return NONE;
    }
    int bits = 0;
    for (Reason reason : reasons) {
      bits |= bit(reason);
    }
    return new Reasons(bits);
  }

  @SuppressWarnings(
      "EnumOrdinal") // The order of the rules is what the set keeps; no bit leaves it.
  private static int bit(Reason reason) {
    return 1 << reason.ordinal();
  }

  /** These and one more. */
  public Reasons and(Reason reason) {
    return new Reasons(bits | bit(reason));
  }

  @Override
  public boolean contains(Object reason) {
    return reason instanceof Reason one && (bits & bit(one)) != 0;
  }

  @Override
  public int size() {
    return Integer.bitCount(bits);
  }

  @Override
  public Iterator<Reason> iterator() {
    return new Iterator<>() {
      private int left = bits;

      @Override
      public boolean hasNext() {
        return left != 0;
      }

      @Override
      public Reason next() {
        if (left == 0) {
          throw new NoSuchElementException("no further reason");
        }
        Reason next = ALL[Integer.numberOfTrailingZeros(left)];
        left &= left - 1;
        return next;
      }
    };
  }

  /** Reasons while they are being found. */
  public static final class Findings {
    private int bits;

    public void add(Reason reason) {
      bits |= bit(reason);
    }

    /** Adds a reason where it applies. */
    public void addIf(boolean applies, Reason reason) {
      if (applies) {
        add(reason);
      }
    }

    public void addAll(Reasons reasons) {
      bits |= reasons.bits;
    }

    public void remove(Reason reason) {
      bits &= ~bit(reason);
    }

    public boolean contains(Reason reason) {
      return (bits & bit(reason)) != 0;
    }

    public boolean isEmpty() {
      return bits == 0;
    }

    /** What has been found so far. */
    public Reasons found() {
      return bits == 0 ? NONE : new Reasons(bits);
    }
  }
}
