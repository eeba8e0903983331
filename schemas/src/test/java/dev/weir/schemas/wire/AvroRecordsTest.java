package dev.weir.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class AvroRecordsTest {
  private static final Schema MOMENTS = new Schema.Parser().parse("""
      {"type": "record", "name": "Moments", "fields": [
        {"name": "id", "type": "string"},
        {"name": "millis", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "nanos", "type": {"type": "long", "logicalType": "timestamp-nanos"}},
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "price", "type":
          {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}}]}""");

  @Test
  void read_momentsOfAnyUnit_areEpochMilliseconds() {
    Instant moment = Instant.ofEpochMilli(1_700_000_000_123L);
    byte[] sent = AvroRecords.write(
        MOMENTS,
        Map.of(
            "id",
            "1",
            "millis",
            moment,
            "micros",
            moment,
            "nanos",
            moment,
            "day",
            LocalDate.ofEpochDay(2),
            "price",
            new BigDecimal("12.50")),
        List.of());

    var values = new AvroRecords("id", List.of(MOMENTS)).read(sent).values();

    assertThat(values.apply("millis")).isEqualTo(1_700_000_000_123L);
    assertThat(values.apply("micros")).isEqualTo(1_700_000_000_123L);
    assertThat(values.apply("nanos")).isEqualTo(1_700_000_000_123L);
    assertThat(values.apply("day")).isEqualTo(2 * 86_400_000L);
    assertThat(values.apply("price")).isEqualTo(new BigDecimal("12.50"));
    assertThat(values.apply("absent")).isNull();
  }
}
