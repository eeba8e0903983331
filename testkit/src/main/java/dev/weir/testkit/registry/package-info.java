/**
 * A real schema registry for tests. Start at {@link
 * dev.weir.testkit.registry.RegistryProcess}.
 */
@NullMarked
package dev.weir.testkit.registry;

import org.jspecify.annotations.NullMarked;
