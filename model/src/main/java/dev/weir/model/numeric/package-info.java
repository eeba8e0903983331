/** The few numeric functions everything else rests on, defined so that every CPU gives the same bits. */
@NullMarked
package dev.weir.model.numeric;

import org.jspecify.annotations.NullMarked;
