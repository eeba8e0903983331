package dev.weir.lab.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Independent numbered jobs on several threads; results come in job order. */
public record ParallelJobs(int threads) {
  /**
   * Runs all of them; the first failure is thrown.
   *
   * @param done is told how many are done, after each
   */
  public <T> List<T> run(int jobs, IntFunction<T> job, IntConsumer done) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      AtomicInteger finished = new AtomicInteger();
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < jobs; i++) {
        int number = i;
        futures.add(executor.submit(() -> {
          T result = job.apply(number);
          done.accept(finished.incrementAndGet());
          return result;
        }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }
}
