/** gating. */
@NullMarked
package dev.weir.gating;

import org.jspecify.annotations.NullMarked;
