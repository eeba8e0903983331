/**
 * From a raw record to the row of numbers that models read. {@link dev.weir.model.feature.Imputer}
 * fills, after the flags are read; {@link dev.weir.model.feature.Featurizer} lays out the columns,
 * each of which belongs to one source.
 */
@NullMarked
package dev.weir.model.feature;

import org.jspecify.annotations.NullMarked;
