package dev.weir.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry answers that it has no such schema, or none that is of use: no record can be read by it. */
public final class UnknownSchema extends SerializationException {
  private static final long serialVersionUID = 1L;

  UnknownSchema(String message) {
    super(message);
  }

  UnknownSchema(String message, Throwable cause) {
    super(message, cause);
  }
}
