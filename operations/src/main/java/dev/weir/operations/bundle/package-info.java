/** Publishing bundles to instances. Start at {@link
 * dev.weir.operations.bundle.BundlePublisher}. */
@NullMarked
package dev.weir.operations.bundle;

import org.jspecify.annotations.NullMarked;
