/**
 * Everything learned, as one content-addressed set of files. Start at {@link
 * dev.weir.model.bundle.Bundle}.
 */
@NullMarked
package dev.weir.model.bundle;

import org.jspecify.annotations.NullMarked;
