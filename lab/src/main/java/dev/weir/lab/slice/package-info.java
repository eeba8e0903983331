/**
 * Where a model errs more than elsewhere: declared slices audited, and others discovered. Start at {@link
 * dev.weir.lab.slice.SliceAudit}.
 */
@NullMarked
package dev.weir.lab.slice;

import org.jspecify.annotations.NullMarked;
