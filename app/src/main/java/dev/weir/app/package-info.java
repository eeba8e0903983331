/** The {@code weir} command. Start at {@link dev.weir.app.Weir}. */
@NullMarked
package dev.weir.app;

import org.jspecify.annotations.NullMarked;
