/**
 * Programs in JVMs of their own, for tests that kill them. Start at {@link
 * dev.weir.testkit.process.JavaProcess}.
 */
@NullMarked
package dev.weir.testkit.process;

import org.jspecify.annotations.NullMarked;
