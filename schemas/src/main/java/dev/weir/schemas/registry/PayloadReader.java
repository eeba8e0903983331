package dev.weir.schemas.registry;

import dev.weir.schemas.wire.Payload;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads what needs a registry to be read, and passes everything else on. For one thread. */
public final class PayloadReader implements AutoCloseable {
  private static final Duration ENDLESS = Duration.ofNanos(Long.MAX_VALUE);

  private final @Nullable Deserializer<?> deserializer;
  private final Duration patience;

  private PayloadReader(@Nullable Deserializer<?> deserializer, Duration patience) {
    this.deserializer = deserializer;
    this.patience = patience;
  }

  /** A reader without a registry. */
  public static PayloadReader withoutRegistry() {
    return new PayloadReader(null, ENDLESS);
  }

  /**
   * A reader with a Kafka deserializer of Avro records.
   *
   * @param className of the deserializer, which needs a constructor without parameters
   * @param properties for its configure; those of {@link RegistrySettings} among them
   * @throws IllegalArgumentException if there is no such deserializer, or it refuses the properties
   */
  public static PayloadReader of(String className, Map<String, ?> properties) {
    try {
      Deserializer<?> made = Class.forName(className)
          .asSubclass(Deserializer.class)
          .getDeclaredConstructor()
          .newInstance();
      made.configure(properties, false);
      return new PayloadReader(
          made, Duration.ofMillis(RegistrySettings.of(properties).patienceMsMax()));
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "registry.deserializer " + className + " is no Kafka deserializer that can be made: " + e,
          e);
    }
  }

  /** How long what belongs together may take to be read before that is an outage. */
  public Duration patience() {
    return patience;
  }

  /**
   * A value, read if it is in the registry's wire format.
   *
   * @throws RegistryOutage if it cannot be told whether and how it can be read
   */
  public Payload read(String topic, Headers headers, byte @Nullable [] value) {
    if (deserializer == null || WireFormat.id(value).isEmpty()) {
      return new Payload.Plain(value);
    }
    Object read;
    try {
      read = deserializer.deserialize(topic, headers, value);
    } catch (RegistryOutage e) {
      throw e;
    } catch (RuntimeException e) {
      if (Outage.isOne(e)) {
        throw new RegistryOutage("the schema registry cannot be asked: " + e, e);
      }
      return new Payload.Unreadable(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      return new Payload.Unreadable("the value is nested too deep for its recursive schema");
    }
    return read instanceof GenericRecord record
        ? new Payload.Registered(record)
        : new Payload.Unreadable("the registered schema is none of a record");
  }

  @Override
  public void close() {
    if (deserializer != null) {
      deserializer.close();
    }
  }
}
