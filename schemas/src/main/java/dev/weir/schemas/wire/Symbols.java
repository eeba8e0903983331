package dev.weir.schemas.wire;

import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import org.apache.avro.Schema;

/** The positions of the core's enum constants among their schema's symbols, by ordinal. */
final class Symbols {
  static final int[] ROUTES = of(Route.values(), dev.weir.schemas.avro.Route.getClassSchema());
  static final int[] REASONS = of(Reason.values(), dev.weir.schemas.avro.Reason.getClassSchema());
  static final int[] CAP_CAUSES =
      of(CapCause.values(), dev.weir.schemas.avro.CapCause.getClassSchema());
  static final int[] CLOSE_REASONS =
      of(CloseReason.values(), dev.weir.schemas.avro.CloseReason.getClassSchema());

  private Symbols() {}

  private static int[] of(Enum<?>[] constants, Schema schema) {
    int[] positions = new int[constants.length];
    for (Enum<?> constant : constants) {
      positions[constant.ordinal()] = schema.getEnumOrdinal(constant.name());
    }
    return positions;
  }
}
