/** Frozen releases applied to files of rows. Start at {@link dev.weir.lab.apply.CsvBatches}. */
@NullMarked
package dev.weir.lab.apply;

import org.jspecify.annotations.NullMarked;
