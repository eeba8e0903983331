/** Rows from files. Start at {@link dev.weir.lab.data.CsvRecords}. */
@NullMarked
package dev.weir.lab.data;

import org.jspecify.annotations.NullMarked;
