package dev.weir.schemas.wire;

import dev.weir.model.domain.RecordParser;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Records as Avro, of any schema whose field names the domain maps. */
final class AvroRecords {
  private static final GenericData MODEL = model();

  private final Map<Long, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

  /** @throws IllegalArgumentException if a schema is none of a record with the id field */
  AvroRecords(String idField, List<Schema> known) {
    for (Schema schema : known) {
      if (schema.getType() != Schema.Type.RECORD || schema.getField(idField) == null) {
        throw new IllegalArgumentException("schema " + schema.getFullName()
            + " is not a record with the domain's id field '" + idField + "'");
      }
      readers.put(SingleObject.fingerprint(schema), new GenericDatumReader<>(schema));
    }
  }

  private static GenericData model() {
    GenericData model = new GenericData();
    model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    model.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    model.addLogicalTypeConversion(new TimeConversions.TimestampNanosConversion());
    model.addLogicalTypeConversion(new TimeConversions.DateConversion());
    model.addLogicalTypeConversion(new Conversions.DecimalConversion());
    return model;
  }

  /** A record in Avro's single-object encoding. */
  ReceivedValues read(byte @Nullable [] bytes) {
    return values(SingleObject.decode("a record", bytes, readers));
  }

  /** A record that was read already, with or without conversions of logical types. */
  static ReceivedValues values(GenericRecord record) {
    return new ReceivedValues(name -> value(record, name), imputed(record));
  }

  private static @Nullable Object value(GenericRecord record, String name) {
    Schema.Field field = record.getSchema().getField(name);
    return field == null ? null : AvroValues.plain(field, record.get(field.pos()));
  }

  /* Whatever is no name stays in the list, so that the parser calls the record invalid. */
  private static List<String> imputed(GenericRecord record) {
    Schema.Field field = record.getSchema().getField(RecordCodec.IMPUTED);
    Object names = field == null ? null : record.get(field.pos());
    if (names == null) {
      return List.of();
    }
    if (names instanceof Collection<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return names instanceof CharSequence text
        ? RecordParser.imputedNames(text.toString())
        : List.of(String.valueOf(names));
  }

  static byte[] write(
      Schema schema, Map<String, ? extends @Nullable Object> values, List<String> imputed) {
    GenericRecord record = record(schema, values, imputed);
    try {
      return SingleObject.encode(
          SingleObject.fingerprint(schema), new GenericDatumWriter<>(schema, MODEL), record);
    } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException(
          "the values do not fit schema " + schema.getFullName() + ": " + e.getMessage(), e);
    }
  }

  static GenericRecord record(
      Schema schema, Map<String, ? extends @Nullable Object> values, List<String> imputed) {
    GenericRecord record = new GenericData.Record(schema);
    for (String name : values.keySet()) {
      field(schema, name);
    }
    for (Schema.Field field : schema.getFields()) {
      if (!field.name().equals(RecordCodec.IMPUTED)) {
        record.put(field.pos(), coerced(field.schema(), values.get(field.name())));
      }
    }
    if (schema.getField(RecordCodec.IMPUTED) != null || !imputed.isEmpty()) {
      record.put(field(schema, RecordCodec.IMPUTED).pos(), imputed);
    }
    return record;
  }

  private static Schema.Field field(Schema schema, String name) {
    Schema.Field field = schema.getField(name);
    if (field == null) {
      throw new IllegalArgumentException(
          "schema " + schema.getFullName() + " has no field '" + name + "'; leave it out");
    }
    return field;
  }

  /** The value as the number type that the schema has; other values as they are. */
  private static @Nullable Object coerced(Schema schema, @Nullable Object value) {
    if (!(value instanceof Number number)) {
      return value;
    }
    List<Schema> branches =
        schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
    for (Schema branch : branches) {
      switch (branch.getType()) {
        case DOUBLE -> {
          return number.doubleValue();
        }
        case FLOAT -> {
          return number.floatValue();
        }
        case LONG -> {
          return number.longValue();
        }
        case INT -> {
          return number.intValue();
        }
        default -> {}
      }
    }
    return value;
  }
}
