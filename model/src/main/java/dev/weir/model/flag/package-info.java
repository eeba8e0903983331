/**
 * Fragility flags: booleans on the raw values of a record, read before anything is imputed. A
 * domain declares them from a small set of {@link dev.weir.model.flag.Detector}s; start at {@link
 * dev.weir.model.flag.FlagSet}.
 */
@NullMarked
package dev.weir.model.flag;

import org.jspecify.annotations.NullMarked;
