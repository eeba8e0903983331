package dev.weir.schemas.registry;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The registry did not answer, or not with what was asked: nothing is known of the record that
 * needed it, and it has to be read again later.
 */
public final class RegistryOutage extends RetriableException {
  private static final long serialVersionUID = 1L;

  /** What did not answer, and for how long. */
  public RegistryOutage(String message) {
    super(message);
  }

  RegistryOutage(String message, Throwable cause) {
    super(message, cause);
  }
}
