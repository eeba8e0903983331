package dev.weir.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schemas.wire.Payload;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class PayloadReaderTest {
  /** Reads a schema that contains itself, of a value that never ends. */
  public static final class Bottomless implements Deserializer<Object> {
    @Override
    public Object deserialize(String topic, byte[] value) {
      return deserialize(topic, value.clone());
    }
  }

  @Test
  void read_nestedTooDeep_isUnreadable() {
    try (PayloadReader reader = PayloadReader.of(
        Bottomless.class.getName(), Map.of(RegistrySettings.URL, "http://unused:1"))) {
      Payload read = reader.read("records", new RecordHeaders(), new byte[] {0, 0, 0, 0, 1, 7});

      assertThat(read)
          .isInstanceOfSatisfying(
              Payload.Unreadable.class,
              unreadable -> assertThat(unreadable.reason()).contains("nested too deep"));
    }
  }
}
