package dev.weir.topology.app;

import dev.weir.topology.log.LogLine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until a Kafka broker answers, for as long as that takes: a service may be started before its
 * Kafka, and nobody is there to start it again.
 */
public final class BrokerWait {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerWait.class);

  /* Between two lines of the log. A broker that comes in between is noticed at once. */
  private static final int ANSWER_MS_MAX = 10_000;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private BrokerWait() {}

  /**
   * Waits for an answer.
   *
   * @param kafka client settings: addresses, security
   * @param instance that waits, in the log
   * @param isStopped whether nobody needs the answer any more
   * @return whether a broker has answered; false if it was stopped before
   * @throws IllegalStateException if one answers that it does not take this client
   */
  public static boolean await(Map<String, Object> kafka, String instance, BooleanSupplier isStopped)
      throws InterruptedException {
    Admin admin = Admin.create(kafka);
    try {
      while (!isStopped.getAsBoolean()) {
        if (hasAnswered(admin, isStopped)) {
          return true;
        }
        LOG.warn(
            "{}",
            LogLine.event("waits_for_kafka")
                .with("instance", instance)
                .with(
                    "address",
                    String.valueOf(kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)))
                .with(
                    "advice",
                    "no broker answers; it goes on waiting until one does or it is stopped. See"
                        + " whether the address and kafka.security.protocol are right, and Kafka"
                        + " runs"));
      }
      return false;
    } finally {
      // Not after the question under way, whose answer nobody wants.
      admin.close(Duration.ZERO);
    }
  }

  private static boolean hasAnswered(Admin admin, BooleanSupplier isStopped)
      throws InterruptedException {
    KafkaFuture<?> answer = admin
        .describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_MS_MAX))
        .nodes();
    while (!isStopped.getAsBoolean()) {
      try {
        answer.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        // Not yet.
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RetriableException) {
          return false;
        }
        throw new IllegalStateException("Kafka refuses this client: " + e.getCause(), e);
      }
    }
    return false;
  }
}
