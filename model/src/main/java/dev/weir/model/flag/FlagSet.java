package dev.weir.model.flag;

import dev.weir.model.document.Section;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.reference.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Named flags in declared order; bit i of a reading is flag i, so there are at most 64. */
public final class FlagSet {
  public static final int FLAGS_MAX = 64;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  /* What policies and sources call by these names is no flag. */
  private static final Set<String> RESERVED =
      Set.of("channels", "thin_slice", "missing_count", "imputed_count");

  /* Stands for a detector with a noted mistake, so that the flag's users are not mistakes too. */
  private static final Detector UNREADABLE = new Detector.Missing(0, 0);

  private final List<Flag> flags;
  private final Detector[] detectors;
  private final long[] reads;

  FlagSet(List<Flag> flags) {
    this.flags = List.copyOf(flags);
    this.detectors = flags.stream().map(Flag::detector).toArray(Detector[]::new);
    this.reads = flags.stream().mapToLong(flag -> flag.detector().reads()).toArray();
  }

  /**
   * Reads {@code key}: a map from flag names to detectors, each of which may name flags declared
   * before it. Mistakes are noted in the section.
   */
  public static FlagSet read(Section section, String key, Domain domain) {
    return new FlagSet(List.of()).and(section, key, domain, List::copyOf);
  }

  /**
   * These flags followed by the ones that {@code key} declares, in the order of their names, because
   * a policy travels as canonical JSON, which keeps no other.
   */
  public FlagSet and(Section section, String key, Domain domain) {
    return and(section, key, domain, names -> names.stream().sorted().toList());
  }

  private FlagSet and(
      Section section, String key, Domain domain, UnaryOperator<List<String>> order) {
    List<Flag> all = new ArrayList<>(flags);
    section.section(key, declarations -> {
      for (String name : order.apply(declarations.keys())) {
        DetectorReader reader = new DetectorReader(domain, all);
        Detector detector = declarations.section(name, reader::read).orElse(UNREADABLE);
        add(declarations, all, new Flag(name, detector));
      }
      return all;
    });
    return new FlagSet(all);
  }

  private static void add(Section section, List<Flag> all, Flag flag) {
    if (!NAME.matcher(flag.name()).matches()) {
      section.note(flag.name(), "flag name '" + flag.name() + "' must be lower_snake_case");
    } else if (RESERVED.contains(flag.name())) {
      section.note(flag.name(), "'" + flag.name() + "' has a meaning of its own; rename the flag");
    } else if (all.stream().anyMatch(other -> other.name().equals(flag.name()))) {
      section.note(flag.name(), "flag '" + flag.name() + "' is declared twice");
    } else if (all.size() == FLAGS_MAX) {
      section.note(flag.name(), "more than " + FLAGS_MAX + " flags");
    } else {
      all.add(flag);
    }
  }

  /**
   * The flags of a record.
   *
   * @param filled by attribute, upstream's value or else the imputer's
   * @param asReceived the same if upstream had marked nothing
   */
  public FlagReading read(
      RawRecord record, Reference reference, double[] filled, double[] asReceived) {
    Sight observed = Sight.observed(record, reference, filled);
    long truths = truths(observed, Sight.received(record, reference, asReceived));
    return new FlagReading(truths, unknowns(observed, truths));
  }

  /**
   * Bit i is set iff flag i is true of the observed values, or of these and the ones upstream
   * imputed, so that an upstream's mark can never clear a flag.
   */
  public long truths(Sight observed, Sight received) {
    // Where upstream imputed nothing, as mostly, one look is enough.
    return observed.visible() == received.visible()
        ? truths(observed)
        : truths(observed) | truths(received);
  }

  private long truths(Sight sight) {
    long truths = 0;
    for (int i = 0; i < detectors.length; i++) {
      if (detectors[i].holds(sight)) {
        truths |= 1L << i;
      }
    }
    return truths;
  }

  /** Bit i is set iff flag i is not among the truths and would be for some completion. */
  public long unknowns(Sight observed, long truths) {
    long unknowns = 0;
    for (int i = 0; i < detectors.length; i++) {
      if ((truths >>> i & 1) == 0
          && (reads[i] & ~observed.visible()) != 0
          && detectors[i].canHold(observed)) {
        unknowns |= 1L << i;
      }
    }
    return unknowns;
  }

  public List<Flag> flags() {
    return flags;
  }

  public int size() {
    return flags.size();
  }

  public OptionalInt index(String name) {
    for (int i = 0; i < flags.size(); i++) {
      if (flags.get(i).name().equals(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The names of the flags whose bits are set, in declared order. */
  public List<String> names(long mask) {
    long rest = flags.size() == FLAGS_MAX ? mask : mask & (1L << flags.size()) - 1;
    String[] names = new String[Long.bitCount(rest)];
    for (int i = 0; i < names.length; i++) {
      names[i] = flags.get(Long.numberOfTrailingZeros(rest)).name();
      rest &= rest - 1;
    }
    return List.of(names);
  }
}
