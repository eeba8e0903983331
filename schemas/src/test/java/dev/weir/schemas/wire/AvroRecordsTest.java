package dev.weir.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
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

  private static final Schema PRICES = new Schema.Parser().parse("""
      {"type": "record", "name": "Prices", "fields": [
        {"name": "id", "type": "string"},
        {"name": "price", "type": ["null",
          {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}]}]}""");

  private static Object price(Object value) {
    GenericRecord record = new GenericData.Record(PRICES);
    record.put("price", value);
    return AvroRecords.values(record).values().apply("price");
  }

  private static ByteBuffer unscaled(int bytes) {
    return ByteBuffer.wrap(new byte[bytes]).put(bytes - 1, (byte) 125);
  }

  @Test
  void values_decimalOfSoManyBytes_isTheNumber() {
    assertThat(price(unscaled(1))).isEqualTo(new BigDecimal("1.25"));
    assertThat(price(unscaled(AvroValues.DECIMAL_BYTES_MAX))).isEqualTo(new BigDecimal("1.25"));
  }

  @Test
  void values_decimalOfNoOrTooManyBytes_isUndecodable() {
    assertThatExceptionOfType(UndecodableRecord.class)
        .isThrownBy(() -> price(ByteBuffer.allocate(0)))
        .withMessage("field 'price' is a decimal of 0 bytes; one has at least 1 and at most 64");
    assertThatExceptionOfType(UndecodableRecord.class)
        .isThrownBy(() -> price(unscaled(AvroValues.DECIMAL_BYTES_MAX + 1)))
        .withMessageContaining("a decimal of 65 bytes");
  }

  @Test
  void values_decimalThatWasConverted_isKeptWithinTheSameLimit() {
    assertThat(price(new BigDecimal("1.25"))).isEqualTo(new BigDecimal("1.25"));
    assertThatExceptionOfType(UndecodableRecord.class)
        .isThrownBy(() -> price(new BigDecimal(BigInteger.ONE.shiftLeft(511), 2)))
        .withMessageContaining("a decimal of 65 bytes");
  }
}
