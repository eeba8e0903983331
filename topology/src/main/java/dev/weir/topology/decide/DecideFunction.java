package dev.weir.topology.decide;

import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.release.Release;
import java.util.OptionalLong;

/** How a release decides a batch: {@link Release#decide}, unless a test says otherwise. */
@FunctionalInterface
public interface DecideFunction {
  /** The outcome; see {@link Release#decide}. */
  Gate.Outcome decide(Release release, Controls controls, Batch batch, OptionalLong book);

  /** What a shadow would have decided; see {@link Release#decideBeside}. */
  default Gate.Outcome decideBeside(
      Gate.Outcome active, Release shadow, Controls controls, Batch batch, OptionalLong book) {
    return shadow.decideBeside(active, controls, batch, book);
  }
}
