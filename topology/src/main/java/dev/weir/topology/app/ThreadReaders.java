package dev.weir.topology.app;

import dev.weir.schemas.registry.PayloadReader;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * One reader of payloads for each thread that asks, for as long as the instance lives. Tasks come and
 * go; what a thread has learnt of a registry stays, so that an outage does not reach records of
 * schemas that it knows.
 */
final class ThreadReaders implements Supplier<PayloadReader>, AutoCloseable {
  private final Queue<PayloadReader> made = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<PayloadReader> own;

  /** @param make a reader for one thread */
  ThreadReaders(Supplier<PayloadReader> make) {
    this.own = ThreadLocal.withInitial(() -> {
      PayloadReader reader = make.get();
      made.add(reader);
      return reader;
    });
  }

  @Override
  public PayloadReader get() {
    return own.get();
  }

  /** Closes all of them; to be called when their threads have ended. */
  @Override
  public void close() {
    for (PayloadReader reader = made.poll(); reader != null; reader = made.poll()) {
      reader.close();
    }
  }
}
