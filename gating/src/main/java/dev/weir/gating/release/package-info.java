/**
 * Which policy and bundle decide, from when on. Start at {@link dev.weir.gating.release.Release};
 * {@link dev.weir.gating.release.ReleaseBook} chooses among those activated.
 */
@NullMarked
package dev.weir.gating.release;

import org.jspecify.annotations.NullMarked;
