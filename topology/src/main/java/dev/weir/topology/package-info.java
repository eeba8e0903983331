/** topology. */
@NullMarked
package dev.weir.topology;

import org.jspecify.annotations.NullMarked;
