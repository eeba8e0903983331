/** What the bundle alone says of a record: probability, agreement, interval and contributions. */
@NullMarked
package dev.weir.model.score;

import org.jspecify.annotations.NullMarked;
