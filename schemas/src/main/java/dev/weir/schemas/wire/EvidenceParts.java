package dev.weir.schemas.wire;

import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.Imputation;
import dev.weir.model.flag.RawTopology;
import dev.weir.schemas.avro.ImputedValue;
import dev.weir.schemas.avro.Topology;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a record before a model sees it, from core to wire. */
final class EvidenceParts {
  private EvidenceParts() {}

  static List<ImputedValue> imputation(Evidence evidence) {
    Domain domain = evidence.record().domain();
    Imputation imputation = evidence.imputation();
    List<ImputedValue> imputed = new ArrayList<>();
    for (int a = 0; a < imputation.methods().length; a++) {
      Attribute attribute = domain.attributes().get(a);
      if (domain.fields().get(attribute.field()).role().isEvidence()
          && !imputation.methods()[a].equals(Imputation.RECEIVED)) {
        imputed.add(new ImputedValue(
            attribute.name(), imputation.methods()[a], present(imputation.values()[a])));
      }
    }
    return imputed;
  }

  /* A category that was observed and yet had to be filled in was not in training. */
  static List<String> unknownCategories(Evidence evidence) {
    RawRecord record = evidence.record();
    Domain domain = record.domain();
    Set<String> fields = new LinkedHashSet<>();
    for (int a = 0; a < domain.attributes().size(); a++) {
      int field = domain.attributes().get(a).field();
      if (domain.fields().get(field).role().isEvidence()
          && record.category(a) != null
          && (record.observed() >>> field & 1) != 0
          && !evidence.imputation().methods()[a].equals(Imputation.RECEIVED)) {
        fields.add(domain.fields().get(field).name());
      }
    }
    return List.copyOf(fields);
  }

  static String bitmap(long bits, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((bits >>> i & 1) != 0 ? '1' : '0');
    }
    return text.toString();
  }

  static Topology topology(RawTopology topology, Domain domain) {
    return Topology.newBuilder()
        .setNonNanSpendCount(topology.observedCount())
        .setSumRawSpend(topology.sum())
        .setTop1Channel(
            topology.topChannel() < 0
                ? null
                : domain.fields().get(domain.channels()[topology.topChannel()]).name())
        .setTop1Value(present(topology.topValue()))
        .setTop1Share(topology.topShare())
        .setTopkSum(topology.topThreeSum())
        .setChannelEntropy(topology.entropy())
        .setTotalSpendPctile(present(topology.sumShare()))
        .build();
  }

  private static @Nullable Double present(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
