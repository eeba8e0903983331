/** Strict reading of numbers from JSON: what is missing, unknown or not finite is refused by name. */
@NullMarked
package dev.weir.model.json;

import org.jspecify.annotations.NullMarked;
