/** operations. */
@NullMarked
package dev.weir.operations;

import org.jspecify.annotations.NullMarked;
