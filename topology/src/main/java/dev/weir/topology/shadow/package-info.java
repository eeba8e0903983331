/**
 * A shadow release with another bundle than the active one: an application of its own, fed by the
 * decision log. Start at {@link dev.weir.topology.shadow.ShadowApp}.
 */
@NullMarked
package dev.weir.topology.shadow;

import org.jspecify.annotations.NullMarked;
