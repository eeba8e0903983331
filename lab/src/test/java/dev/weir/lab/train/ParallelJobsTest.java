package dev.weir.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs side by side look like jobs one after the other. */
class ParallelJobsTest {
  @Test
  void run_severalThreads_givesResultsInJobOrder() {
    List<Integer> results = new ParallelJobs(4).run(50, job -> job * job, done -> {});

    assertThat(results)
        .isEqualTo(IntStream.range(0, 50).mapToObj(job -> job * job).toList());
  }

  @Test
  void run_twoThreads_workAtTheSameTime() {
    CyclicBarrier both = new CyclicBarrier(2);

    List<Boolean> results = new ParallelJobs(2).run(2, job -> meets(both), done -> {});

    assertThat(results).containsExactly(true, true);
  }

  private static boolean meets(CyclicBarrier both) {
    try {
      both.await(20, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      return false;
    }
  }

  @Test
  void run_everyJob_isReportedDoneOnce() {
    Set<Integer> done = Collections.synchronizedSet(new TreeSet<>());

    new ParallelJobs(3).run(20, job -> job, done::add);

    assertThat(done)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void run_noJobs_givesNoResults() {
    assertThat(new ParallelJobs(2).run(0, job -> job, done -> {})).isEmpty();
  }

  @Test
  void run_jobThatFails_failsWithItsOwnException() {
    IllegalArgumentException failure = new IllegalArgumentException("job 3 is impossible");

    assertThatThrownBy(() -> new ParallelJobs(2).run(6, job -> failing(job, failure), done -> {}))
        .isSameAs(failure);
  }

  @Test
  void run_jobThatRunsOutOfMemory_failsWithThatError() {
    OutOfMemoryError failure = new OutOfMemoryError("pretended");

    assertThatThrownBy(() -> new ParallelJobs(2).run(6, job -> failing(job, failure), done -> {}))
        .isSameAs(failure);
  }

  private static int failing(int job, Throwable failure) {
    if (job == 3 && failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (job == 3 && failure instanceof Error error) {
      throw error;
    }
    return job;
  }
}
