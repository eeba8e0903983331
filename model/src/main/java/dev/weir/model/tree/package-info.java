/** Gradient-boosted tree ensembles: read from the trainer's own files, scored in plain Java. */
@NullMarked
package dev.weir.model.tree;

import org.jspecify.annotations.NullMarked;
