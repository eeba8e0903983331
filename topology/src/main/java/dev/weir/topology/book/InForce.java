package dev.weir.topology.book;

import dev.weir.gating.gate.Controls;
import dev.weir.gating.release.Release;
import dev.weir.gating.release.ReleaseBook;
import java.util.Optional;

/**
 * The releases and the controls that a batch is decided under; immutable, taken once a batch.
 *
 * @param shadow decided beside the release that the book gives, and compared
 */
public record InForce(ReleaseBook book, Controls controls, Optional<Release> shadow) {
  /** Without a shadow. */
  public InForce(ReleaseBook book, Controls controls) {
    this(book, controls, Optional.empty());
  }
}
