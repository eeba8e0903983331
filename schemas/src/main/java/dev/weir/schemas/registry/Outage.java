package dev.weir.schemas.registry;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Tells a registry that cannot be asked from a record that cannot be read, in what a deserializer
 * throws. Others than ours throw SerializationException for both.
 */
final class Outage {
  private static final int CAUSES_MAX = 20;
  private static final int NOT_FOUND = 404;
  private static final int NOT_FOUND_THING = 40_400;

  private Outage() {}

  static boolean isOne(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
      if (isConnection(cause) || isSaid(cause) || isAnswerOfNoUse(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isConnection(Throwable thrown) {
    return thrown instanceof SocketException
        || thrown instanceof SocketTimeoutException
        || thrown instanceof HttpTimeoutException
        || thrown instanceof UnknownHostException
        || thrown instanceof SSLException;
  }

  private static boolean isSaid(Throwable thrown) {
    return thrown instanceof RetriableException
        || thrown instanceof AuthenticationException
        || thrown instanceof AuthorizationException;
  }

  /* Confluent's client names what a registry answered by an exception of its own, which is on no class
  path but its users'. Any web server answers 404 to a path it does not know; a registry says which thing it lacks. */
  private static boolean isAnswerOfNoUse(Throwable thrown) {
    return thrown.getClass().getSimpleName().equals("RestClientException")
        && (number(thrown, "getStatus").orElse(NOT_FOUND) != NOT_FOUND
            || number(thrown, "getErrorCode").orElse(NOT_FOUND_THING) / 100 != NOT_FOUND);
  }

  private static Optional<Integer> number(Throwable thrown, String getter) {
    try {
      return Optional.of((Integer) thrown.getClass().getMethod(getter).invoke(thrown));
    } catch (ReflectiveOperationException | ClassCastException e) {
      return Optional.empty();
    }
  }
}
