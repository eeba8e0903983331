package dev.weir.app;

import dev.weir.operations.cluster.Cluster;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** A cluster that answers, so that a wrong address is said at once and not retried for minutes. */
final class Reachable {
  private static final int ANSWER_MS_MAX = 8_000;

  private Reachable() {}

  /** @throws IllegalArgumentException if no broker answers */
  static void require(Cluster cluster, String bootstrap) {
    try (Admin admin = cluster.admin()) {
      admin
          .describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_MS_MAX))
          .nodes()
          .get(ANSWER_MS_MAX + 1_000L, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalArgumentException(
          "no Kafka broker answers at " + bootstrap
              + "; check the address, or start one to try on with weir broker",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalArgumentException("interrupted while asking " + bootstrap, e);
    }
  }
}
