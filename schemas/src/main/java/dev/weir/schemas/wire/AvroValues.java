package dev.weir.schemas.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.jspecify.annotations.Nullable;

/**
 * Avro's values as the domain takes them: a moment of any unit as epoch milliseconds, a decimal as a
 * number, an enum's symbol as text. Whoever read the record may have converted logical types or not.
 */
final class AvroValues {
  private static final long MILLIS_PER_DAY = 86_400_000;

  /* More than any number needs; a decimal's cost rises with the square of its bytes. */
  static final int DECIMAL_BYTES_MAX = 64;

  private AvroValues() {}

  /**
   * The value of a field; what the domain cannot take either stays as it is.
   *
   * @throws UndecodableRecord if it is a decimal of no bytes or of too many
   */
  static @Nullable Object plain(Schema.Field field, @Nullable Object value) {
    if (value instanceof Instant instant) {
      return instant.toEpochMilli();
    }
    if (value instanceof LocalDate date) {
      return date.toEpochDay() * MILLIS_PER_DAY;
    }
    if (value instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
    if (value instanceof CharSequence || value instanceof GenericData.EnumSymbol) {
      return value.toString();
    }
    if (value instanceof BigDecimal decimal) {
      requireDecimal(field, decimal.unscaledValue().bitLength() / Byte.SIZE + 1);
      return decimal;
    }
    if (value instanceof Number || value instanceof ByteBuffer || value instanceof GenericFixed) {
      return logical(field.schema(), value)
          .<Object>map(type -> meant(field, type, value))
          .orElse(value);
    }
    return value;
  }

  /* Of a union, the branch that the value is of. */
  private static Optional<LogicalType> logical(Schema schema, Object value) {
    if (schema.getType() != Schema.Type.UNION) {
      return Optional.ofNullable(schema.getLogicalType());
    }
    Schema branch = schema.getTypes().get(GenericData.get().resolveUnion(schema, value));
    return Optional.ofNullable(branch.getLogicalType());
  }

  private static Object meant(Schema.Field field, LogicalType type, Object value) {
    if (type instanceof LogicalTypes.Decimal decimal) {
      return value instanceof Number ? value : decimal(field, decimal, value);
    }
    if (!(value instanceof Number number)) {
      return value;
    }
    return switch (type.getName()) {
      case "timestamp-micros", "local-timestamp-micros" ->
        Math.floorDiv(number.longValue(), 1_000L);
      case "timestamp-nanos", "local-timestamp-nanos" ->
        Math.floorDiv(number.longValue(), 1_000_000L);
      case "date" -> number.longValue() * MILLIS_PER_DAY;
      default -> value;
    };
  }

  private static BigDecimal decimal(Schema.Field field, LogicalTypes.Decimal type, Object value) {
    byte[] unscaled;
    if (value instanceof GenericFixed fixed) {
      unscaled = fixed.bytes();
    } else {
      ByteBuffer buffer = ((ByteBuffer) value).duplicate();
      unscaled = new byte[buffer.remaining()];
      buffer.get(unscaled);
    }
    requireDecimal(field, unscaled.length);
    return new BigDecimal(new BigInteger(unscaled), type.getScale());
  }

  private static void requireDecimal(Schema.Field field, int bytes) {
    if (bytes == 0 || bytes > DECIMAL_BYTES_MAX) {
      throw new UndecodableRecord(String.format(
          Locale.ROOT,
          "field '%s' is a decimal of %d bytes; one has at least 1 and at most %d",
          field.name(),
          bytes,
          DECIMAL_BYTES_MAX));
    }
  }
}
