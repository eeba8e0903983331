/**
 * What breaks upstream of a gate, as pure functions from records to what arrives instead. Start at {@link
 * dev.weir.lab.corrupt.CorruptionSuite}.
 */
@NullMarked
package dev.weir.lab.corrupt;

import org.jspecify.annotations.NullMarked;
