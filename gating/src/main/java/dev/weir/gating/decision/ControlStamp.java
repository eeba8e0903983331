package dev.weir.gating.decision;

import java.util.List;
import java.util.OptionalLong;

/**
 * Which controls were in force.
 *
 * @param offset of the controls topic; empty where none was read
 * @param active the names of the controls in force, sorted
 */
public record ControlStamp(OptionalLong offset, List<String> active) {
  public ControlStamp {
    active = List.copyOf(active);
  }
}
