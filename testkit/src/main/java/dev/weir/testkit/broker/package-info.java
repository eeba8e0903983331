/**
 * A real Kafka for one machine: a single KRaft broker, in this JVM or in its own.
 *
 * <p>Start reading at {@link dev.weir.testkit.broker.EmbeddedBroker}, the broker that tests and
 * {@code weir demo} use. {@link dev.weir.testkit.broker.BrokerProcess} is the same broker behind a
 * process boundary, for tests that kill it. Everything listens on 127.0.0.1 only.
 */
@NullMarked
package dev.weir.testkit.broker;

import org.jspecify.annotations.NullMarked;
