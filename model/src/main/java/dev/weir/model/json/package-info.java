/** JSON as bytes that are the same everywhere, and numbers read from it with their bounds. */
@NullMarked
package dev.weir.model.json;

import org.jspecify.annotations.NullMarked;
