package dev.weir.topology.book;

import dev.weir.gating.gate.Controls;
import dev.weir.gating.release.ReleaseBook;

/** The releases and the controls that a batch is decided under; immutable, taken once a batch. */
public record InForce(ReleaseBook book, Controls controls) {}
