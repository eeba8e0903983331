/** Proving that nothing was lost and nothing doubled. Start at {@link
 * dev.weir.operations.ledger.Ledger}. */
@NullMarked
package dev.weir.operations.ledger;

import org.jspecify.annotations.NullMarked;
