package dev.weir.gating.decision;

import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.Imputation;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.reference.Vocabulary;
import dev.weir.model.score.Score;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The outcome for one record, with full provenance (gate.md §12).
 *
 * @param eventTime the record's timestamp, epoch milliseconds
 * @param flags the names of all true flags, the policy's own included
 * @param unknownFlags the names of the unknown ones
 * @param names what positions and codes in the score and the evidence stand for
 * @param route where the record goes
 * @param blind present iff the accepted record is reviewed blind
 */
public record Decision(
    BatchStamp batch,
    Position source,
    long eventTime,
    Evidence evidence,
    List<String> flags,
    List<String> unknownFlags,
    BundleNames names,
    Score score,
    SlicePrior prior,
    Judgement judgement,
    Route route,
    Optional<BlindSample> blind,
    ReleaseStamp release,
    ControlStamp controls) {
  /** Which engine decided, as a decision carries it. */
  public static final String ENGINE = "weir 0.1.0";

  public Decision {
    flags = List.copyOf(flags);
    unknownFlags = List.copyOf(unknownFlags);
  }

  /** Every value that is not as observed, in the domain's order. */
  public List<Filled> filled() {
    return Filled.of(evidence, names.vocabulary());
  }

  /** The fields with a category that training did not have, upstream's own included. */
  public List<String> unknownCategories() {
    RawRecord record = evidence.record();
    Domain domain = record.domain();
    String[] methods = evidence.imputation().methods();
    Set<String> fields = Set.of();
    for (int a = 0; a < methods.length; a++) {
      if (methods[a].equals(Imputation.RECEIVED)) {
        continue; // no gap was filled, so training had it
      }
      Attribute attribute = domain.attributes().get(a);
      String category = record.category(a);
      if (category != null
          && attribute.kind() == Kind.CATEGORY
          && domain.isEvidence(a)
          && names.vocabulary().code(a, category) == Vocabulary.UNSEEN) {
        fields = fields.isEmpty() ? new LinkedHashSet<>() : fields;
        fields.add(domain.fields().get(attribute.field()).name());
      }
    }
    return List.copyOf(fields);
  }

  public String recordId() {
    return evidence.record().id();
  }
}
