/** How often the outcome was true among training records like this one. */
@NullMarked
package dev.weir.model.prior;

import org.jspecify.annotations.NullMarked;
