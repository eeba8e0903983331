/** Publishing releases, and learning what became of them. Start at {@link
 * dev.weir.operations.policy.PolicyPublisher}. */
@NullMarked
package dev.weir.operations.policy;

import org.jspecify.annotations.NullMarked;
