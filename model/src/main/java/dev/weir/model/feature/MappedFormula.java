package dev.weir.model.feature;

import java.util.List;
import java.util.Map;

/** What a column of a model trained elsewhere computes from a record's values as received. */
sealed interface MappedFormula extends Column.Formula {
  /** A number, truth value or moment as received; NaN where missing. */
  record Received(int attribute) implements MappedFormula {
    @Override
    public double of(EvidenceView evidence) {
      return evidence.record().number(attribute);
    }
  }

  /** 1 where the received category is this one, else 0. */
  record Is(int attribute, String category) implements MappedFormula {
    @Override
    public double of(EvidenceView evidence) {
      return category.equals(evidence.record().category(attribute)) ? 1 : 0;
    }
  }

  /** The number that stands for the received category; NaN where it is missing or has none. */
  record CodeOf(int attribute, Map<String, Double> codes) implements MappedFormula {
    public CodeOf {
      codes = Map.copyOf(codes);
    }

    @Override
    public double of(EvidenceView evidence) {
      String category = evidence.record().category(attribute);
      return category == null ? Double.NaN : codes.getOrDefault(category, Double.NaN);
    }
  }

  /** The number that stands for the filled category. */
  record FilledCodeOf(int attribute, double[] byCode) implements MappedFormula {
    @Override
    public double of(EvidenceView evidence) {
      double code = evidence.filled(attribute);
      return Double.isNaN(code) ? Double.NaN : byCode[(int) code];
    }
  }

  /** Another formula, or a number where it has no value. */
  record OrElse(Column.Formula of, double otherwise) implements MappedFormula {
    @Override
    public double of(EvidenceView evidence) {
      double value = of.of(evidence);
      return Double.isNaN(value) ? otherwise : value;
    }
  }

  /** ln(1 + v); NaN for v of at most −1. */
  record Log1p(Column.Formula of) implements MappedFormula {
    @Override
    public double of(EvidenceView evidence) {
      double value = of.of(evidence);
      return value > -1 ? StrictMath.log1p(value) : Double.NaN;
    }
  }

  /** The sum of the terms, in their order. */
  record Total(List<Column.Formula> terms) implements MappedFormula {
    public Total {
      terms = List.copyOf(terms);
    }

    @Override
    public double of(EvidenceView evidence) {
      double sum = 0;
      for (int i = 0; i < terms.size(); i++) {
        sum += terms.get(i).of(evidence);
      }
      return sum;
    }
  }

  /** The first less the second. */
  record Difference(Column.Formula first, Column.Formula second) implements MappedFormula {
    @Override
    public double of(EvidenceView evidence) {
      return first.of(evidence) - second.of(evidence);
    }
  }

  /** The first by the second; NaN where that is 0. */
  record Quotient(Column.Formula first, Column.Formula second) implements MappedFormula {
    @Override
    public double of(EvidenceView evidence) {
      double divisor = second.of(evidence);
      return divisor == 0 ? Double.NaN : first.of(evidence) / divisor;
    }
  }

  /** The same number for every record. */
  record Constant(double value) implements MappedFormula {
    @Override
    public double of(EvidenceView evidence) {
      return value;
    }
  }
}
