package dev.weir.schemas.wire;

import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.Schema;

/** The core's enum constants and their schema's symbols. */
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

  /**
   * The core's constant of a schema's symbol.
   *
   * @throws UndecodableRecord if there is none: Avro reads a newer version's as UNKNOWN
   */
  static <E extends Enum<E>> E known(Class<E> type, Enum<?> symbol) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(symbol.name())) {
        return constant;
      }
    }
    throw new UndecodableRecord("a decision with a " + type.getSimpleName()
        + " that this version does not know; read it with the version that decided");
  }

  private static <E extends Enum<E>> Map<E, Integer> of(Class<E> type, Schema schema) {
    Map<E, Integer> positions = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      positions.put(constant, schema.getEnumOrdinal(constant.name()));
    }
    return positions;
  }
}
