/**
 * Gradient-boosted tree ensembles: read from the trainer's own files, scored in plain Java, with contributions.
 *
 * <p>Start at {@link dev.weir.model.tree.XgboostJson} and {@link dev.weir.model.tree.TreeEnsemble}; how a row's leaves are
 * found is in {@code QuickScorer}, and for large trees in {@code TreeWalk}. Everything that can be wrong with a model is refused while it is read.
 */
@NullMarked
package dev.weir.model.tree;

import org.jspecify.annotations.NullMarked;
