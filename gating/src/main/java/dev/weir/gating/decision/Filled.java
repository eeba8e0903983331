package dev.weir.gating.decision;

import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.Imputation;
import dev.weir.model.reference.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value that did not come with the record as observed.
 *
 * @param attribute the field, or the part of a composite field as 'Field.part'
 * @param method 'upstream', 'rule:NAME', 'median' or 'mode'
 * @param value a Double, a Boolean or a category; empty where training had nothing to fill with
 */
public record Filled(String attribute, String method, Optional<Object> value) {

  /** The filled values of the fields that count as evidence, in the domain's order. */
  static List<Filled> of(Evidence evidence, Vocabulary vocabulary) {
    RawRecord record = evidence.record();
    Domain domain = record.domain();
    List<Filled> filled = new ArrayList<>();
    for (int a = 0; a < domain.attributes().size(); a++) {
      Attribute attribute = domain.attributes().get(a);
      String method = evidence.imputation().methods()[a];
      if (!domain.fields().get(attribute.field()).role().isEvidence()
          || method.equals(Imputation.RECEIVED)) {
        continue;
      }
      String category = record.category(a);
      boolean marked = (record.imputedUpstream() >>> attribute.field() & 1) != 0;
      if (category != null && marked && !method.equals(Imputation.UPSTREAM)) {
        // Upstream imputed a category that training never saw, and the imputer filled it again.
        filled.add(new Filled(attribute.name(), Imputation.UPSTREAM, Optional.of(category)));
      }
      filled.add(new Filled(
          attribute.name(),
          method,
          value(attribute, evidence.imputation().values()[a], vocabulary.categories(a))));
    }
    return filled;
  }

  private static Optional<Object> value(
      Attribute attribute, double value, List<String> categories) {
    if (Double.isNaN(value)) {
      return Optional.empty();
    }
    return Optional.of(
        attribute.kind() == Kind.CATEGORY
            ? categories.get((int) value)
            : attribute.kind() == Kind.BOOLEAN ? (Object) (value != 0) : (Object) value);
  }
}
