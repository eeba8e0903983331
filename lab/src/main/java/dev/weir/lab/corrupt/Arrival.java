package dev.weir.lab.corrupt;

import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;

/**
 * One record as a gate receives it inside an incident.
 *
 * @param parsed what the domain makes of it; invalid where the corruption left its range
 * @param origin the record as it should have come, with its outcome
 * @param isHit whether it is not what should have come
 */
public record Arrival(Parsed parsed, RawRecord origin, boolean isHit) {
  /** A record that arrives as it should. */
  public static Arrival intact(RawRecord record) {
    return new Arrival(record, record, false);
  }
}
