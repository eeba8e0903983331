package dev.weir.schemas.wire;

import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.Schema;

/** The positions of the core's enum constants among their schema's symbols. */
final class Symbols {
  static final Map<Route, Integer> ROUTES =
      of(Route.class, dev.weir.schemas.avro.Route.getClassSchema());
  static final Map<Reason, Integer> REASONS =
      of(Reason.class, dev.weir.schemas.avro.Reason.getClassSchema());
  static final Map<CapCause, Integer> CAP_CAUSES =
      of(CapCause.class, dev.weir.schemas.avro.CapCause.getClassSchema());
  static final Map<CloseReason, Integer> CLOSE_REASONS =
      of(CloseReason.class, dev.weir.schemas.avro.CloseReason.getClassSchema());

  private Symbols() {}

  private static <E extends Enum<E>> Map<E, Integer> of(Class<E> type, Schema schema) {
    Map<E, Integer> positions = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      positions.put(constant, schema.getEnumOrdinal(constant.name()));
    }
    return positions;
  }
}
