package dev.weir.operations.replay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Work on several threads whose results are handed on in the order in which it was given. */
final class InOrder<T> {
  private final ExecutorService threads;
  private final int waitingMax;
  private final Consumer<T> results;
  private final Deque<Future<T>> waiting = new ArrayDeque<>();

  /** @param waitingMax pieces of work that may wait or run at once: the bound of the memory */
  InOrder(ExecutorService threads, int waitingMax, Consumer<T> results) {
    this.threads = threads;
    this.waitingMax = waitingMax;
    this.results = results;
  }

  /** Takes work, after the results that are there, and more as long as too much work waits. */
  void submit(Callable<T> work) {
    while (waiting.size() >= waitingMax
        || !waiting.isEmpty() && waiting.element().isDone()) {
      results.accept(await(waiting.remove()));
    }
    waiting.add(threads.submit(work));
  }

  /** Hands on all that is left. */
  void finish() {
    while (!waiting.isEmpty()) {
      results.accept(await(waiting.remove()));
    }
  }

  private static <T> T await(Future<T> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the replay was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException("the replay failed", e.getCause());
    }
  }
}
