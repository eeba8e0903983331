/**
 * Two releases decide the same batches, and only where they differ is told. Start at {@link
 * dev.weir.gating.shadow.Comparison}.
 */
@NullMarked
package dev.weir.gating.shadow;

import org.jspecify.annotations.NullMarked;
