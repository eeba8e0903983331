/** Sending records in batches. Start at {@link dev.weir.operations.send.RecordSender}. */
@NullMarked
package dev.weir.operations.send;

import org.jspecify.annotations.NullMarked;
