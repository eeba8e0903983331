/** From labelled rows to a bundle. Start at {@link dev.weir.lab.train.Trainer}. */
@NullMarked
package dev.weir.lab.train;

import org.jspecify.annotations.NullMarked;
