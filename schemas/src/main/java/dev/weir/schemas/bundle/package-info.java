/** A bundle's files as records of the bundle topic. Start at {@link
 * dev.weir.schemas.bundle.BundleParts}. */
@NullMarked
package dev.weir.schemas.bundle;

import org.jspecify.annotations.NullMarked;
