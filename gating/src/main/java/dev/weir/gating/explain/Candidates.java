package dev.weir.gating.explain;

import dev.weir.gating.decision.Decision;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.reference.Marks;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Other values that a field of a record could have had, the smallest change first. */
final class Candidates {
  private static final int QUANTILE_STEP = Marks.STEPS / 50;
  private static final int LADDER = 12;

  private final Bundle bundle;

  Candidates(Bundle bundle) {
    this.bundle = bundle;
  }

  /**
   * Another value for one field.
   *
   * @param size of the change, in [0, 1]: 0 where a missing value becomes known, 1 for another
   *     category or truth value, else how far along the known values it goes
   */
  record Change(int field, String name, String from, Object value, double size) {
    String words() {
      return from.isEmpty() ? name + " known to be " + value : name + " " + value + " for " + from;
    }
  }

  List<Change> of(Decision decision, int field) {
    RawRecord record = decision.evidence().record();
    Field declared = record.domain().fields().get(field);
    String from = record.received(field).map(Object::toString).orElse("");
    List<Change> changes = new ArrayList<>();
    for (Object value : values(decision, field, declared)) {
      if (!value.toString().equals(from)) {
        double size = from.isEmpty() ? 0 : size(record, field, declared, value);
        changes.add(new Change(field, declared.name(), from, value, size));
      }
    }
    changes.sort(Comparator.comparingDouble(Change::size));
    return changes;
  }

  private List<?> values(Decision decision, int field, Field declared) {
    Domain domain = decision.evidence().record().domain();
    int first = domain.firstAttribute(field);
    if (!declared.parts().isEmpty()) {
      return texts(decision, field, declared);
    }
    return switch (declared.kind()) {
      case BOOLEAN -> List.of(true, false);
      case CATEGORY -> bundle.reference().vocabulary().categories(first);
      case NUMBER -> numbers(decision, field, declared);
      default -> List.of();
    };
  }

  /* A composite text with one of its categories replaced; the gaps are as the imputer fills them. */
  private List<String> texts(Decision decision, int field, Field declared) {
    RawRecord record = decision.evidence().record();
    int first = record.domain().firstAttribute(field);
    double[] filled = decision.evidence().imputation().values();
    List<String> parts = new ArrayList<>();
    for (int p = 0; p < declared.parts().size(); p++) {
      String category = record.category(first + p);
      boolean isCategory = declared.parts().get(p).kind() == Kind.CATEGORY;
      List<String> known = bundle.reference().vocabulary().categories(first + p);
      parts.add(
          isCategory
              ? category != null
                  ? category
                  : known.isEmpty() ? "" : known.get((int) Math.max(0, filled[first + p]))
              : number(possible(record, field, filled[first + p])));
    }
    List<String> texts = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      for (String category : bundle.reference().vocabulary().categories(first + p)) {
        List<String> other = new ArrayList<>(parts);
        other.set(p, category);
        texts.add(String.join(declared.separator(), other));
      }
    }
    return texts;
  }

  /* The median of whole numbers can lie half-way between two of them, where no value can. */
  private static double possible(RawRecord record, int field, double filled) {
    double below = Math.floor(filled);
    boolean isHalfWay = record.received(field).isEmpty() && below >= 1 && filled - below == 0.5;
    return isHalfWay ? below : filled;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /** Quantiles of a channel's training values; for other numbers, steps away from the value. */
  private List<Double> numbers(Decision decision, int field, Field declared) {
    RawRecord record = decision.evidence().record();
    TreeSet<Double> values = new TreeSet<>();
    int channel = channel(record.domain(), field);
    if (channel >= 0) {
      values.add(0.0);
      for (int step = 0; step <= Marks.STEPS; step += QUANTILE_STEP) {
        values.add(rounded(bundle.reference().marks().at(channel, step)));
      }
    } else {
      int attribute = record.domain().firstAttribute(field);
      double from = possible(record, field, decision.evidence().imputation().values()[attribute]);
      double step = 1;
      values.add(from);
      for (int i = 0; i < LADDER; i++, step *= 1.5) {
        values.add(from - Math.rint(step));
        values.add(from + Math.rint(step));
      }
    }
    return values.stream()
        .filter(value -> value >= declared.min() && value <= declared.max())
        .toList();
  }

  /* As a person would write it. */
  private static double rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(3)).doubleValue()
        : value;
  }

  private static int channel(Domain domain, int field) {
    return Arrays.stream(domain.channels()).boxed().toList().indexOf(field);
  }

  private double size(RawRecord record, int field, Field declared, Object value) {
    if (declared.kind() != Kind.NUMBER) {
      return 1;
    }
    double from = record.number(record.domain().firstAttribute(field));
    double to = (Double) value;
    int channel = channel(record.domain(), field);
    if (channel >= 0) {
      return Math.abs(rank(channel, to) - rank(channel, from)) / (Marks.STEPS + 1.0);
    }
    double scale = Math.max(Math.abs(from), Math.abs(to));
    return scale == 0 ? 0 : Math.min(1, Math.abs(to - from) / scale);
  }

  /** How many of the channel's quantiles are at most a value. */
  private int rank(int channel, double value) {
    int rank = 0;
    while (rank <= Marks.STEPS && bundle.reference().marks().at(channel, rank) <= value) {
      rank++;
    }
    return rank;
  }
}
