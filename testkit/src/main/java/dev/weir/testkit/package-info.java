/** testkit. */
@NullMarked
package dev.weir.testkit;

import org.jspecify.annotations.NullMarked;
