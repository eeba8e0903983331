package dev.weir.schemas.wire;

import dev.weir.gating.decision.Decision;
import dev.weir.model.domain.Domain;
import dev.weir.model.flag.RawTopology;
import dev.weir.schemas.avro.ImputedValue;
import dev.weir.schemas.avro.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a record before a model sees it, from core to wire. */
final class EvidenceParts {
  private EvidenceParts() {}

  static List<ImputedValue> imputation(Decision decision) {
    return decision.filled().stream()
        .map(filled ->
            new ImputedValue(filled.attribute(), filled.method(), filled.value().orElse(null)))
        .toList();
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
