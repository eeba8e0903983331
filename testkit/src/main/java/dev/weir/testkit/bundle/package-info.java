/**
 * A bundle made by hand, for tests that need a real one and no training. Start at {@link
 * dev.weir.testkit.bundle.TinyBundle}.
 */
@NullMarked
package dev.weir.testkit.bundle;

import org.jspecify.annotations.NullMarked;
