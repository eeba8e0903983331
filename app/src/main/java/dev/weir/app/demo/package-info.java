/**
 * {@code weir demo}: the whole gate on one machine, on real parts. Start at {@link
 * dev.weir.app.demo.Demo}.
 */
@NullMarked
package dev.weir.app.demo;

import org.jspecify.annotations.NullMarked;
