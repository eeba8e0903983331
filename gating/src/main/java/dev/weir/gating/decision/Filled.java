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
    String[] methods = evidence.imputation().methods();
    List<Filled> filled = List.of();
    for (int a = 0; a < methods.length; a++) {
      String method = methods[a];
      if (method.equals(Imputation.RECEIVED) || !domain.isEvidence(a)) {
        continue;
      }
      Attribute attribute = domain.attributes().get(a);
      filled = filled.isEmpty() ? new ArrayList<>() : filled;
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
