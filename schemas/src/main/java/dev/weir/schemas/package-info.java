/** schemas. */
@NullMarked
package dev.weir.schemas;

import org.jspecify.annotations.NullMarked;
