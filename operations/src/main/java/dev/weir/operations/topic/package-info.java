/** Making the topics, and checking the ones that are there. Start at {@link
 * dev.weir.operations.topic.Topics}. */
@NullMarked
package dev.weir.operations.topic;

import org.jspecify.annotations.NullMarked;
