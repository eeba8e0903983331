/** What Weir's Kafka topics are called. */
@NullMarked
package dev.weir.schemas.topic;

import org.jspecify.annotations.NullMarked;
