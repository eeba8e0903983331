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

  private Outage() {}

  static boolean isOne(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
      if (isConnection(cause) || isSaid(cause) || status(cause).orElse(NOT_FOUND) != NOT_FOUND) {
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
  path but its users'. */
  private static Optional<Integer> status(Throwable thrown) {
    if (!thrown.getClass().getSimpleName().equals("RestClientException")) {
      return Optional.empty();
    }
    try {
      return Optional.of((Integer) thrown.getClass().getMethod("getStatus").invoke(thrown));
    } catch (ReflectiveOperationException | ClassCastException e) {
      return Optional.empty();
    }
  }
}
