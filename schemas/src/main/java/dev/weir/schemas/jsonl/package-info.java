/**
 * What the topics carry, as JSON for people and for verifying. Start at {@link
 * dev.weir.schemas.jsonl.DecisionLines}.
 */
@NullMarked
package dev.weir.schemas.jsonl;

import org.jspecify.annotations.NullMarked;
