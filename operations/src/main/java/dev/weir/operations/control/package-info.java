/** Giving orders to running gates. Start at {@link
 * dev.weir.operations.control.ControlPublisher}. */
@NullMarked
package dev.weir.operations.control;

import org.jspecify.annotations.NullMarked;
