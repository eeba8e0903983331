package dev.weir.schemas.wire;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RecordParser;
import dev.weir.schemas.avro.PassengerRecord;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Raw records of one domain as bytes: Avro's single-object encoding with a known schema, a JSON
 * object, or a record that a registry's schema has read. Fields that the domain does not declare are passed over. Threads may share a codec.
 */
public final class RecordCodec {
  /** The optional field with the names of the fields that upstream imputed. */
  public static final String IMPUTED = "imputed";

  private final RecordParser parser;
  private final JsonRecords json;
  private final AvroRecords avro;

  /**
   * For values that nobody else will see, or that need no hash.
   *
   * @param known the Avro schemas that records may be written with
   * @throws IllegalArgumentException if one of them is no record with the domain's id field, or the
   *     domain declares a field named imputed
   */
  public RecordCodec(Domain domain, List<Schema> known) {
    this(domain, known, UnaryOperator.identity());
  }

  private RecordCodec(Domain domain, List<Schema> known, UnaryOperator<String> hash) {
    if (domain.fieldIndex(IMPUTED).isPresent()) {
      throw new IllegalArgumentException("domain " + domain.name() + " has a field '" + IMPUTED
          + "', the name that records use for upstream's marks; rename it");
    }
    this.parser = new RecordParser(domain, hash);
    this.json = new JsonRecords(domain, parser);
    this.avro = new AvroRecords(idField(domain), known);
  }

  /** A codec that knows the shipped schemas, as far as they are of the domain. */
  public static RecordCodec of(Domain domain) {
    return of(domain, UnaryOperator.identity());
  }

  /**
   * A codec that knows the shipped schemas, as far as they are of the domain.
   *
   * @param hash what takes the place of a value that the domain hashes
   */
  public static RecordCodec of(Domain domain, UnaryOperator<String> hash) {
    return new RecordCodec(
        domain,
        Stream.of(PassengerRecord.getClassSchema())
            .filter(schema -> schema.getField(idField(domain)) != null)
            .toList(),
        hash);
  }

  private static String idField(Domain domain) {
    return domain.fields().get(domain.idField()).name();
  }

  /**
   * The record in bytes that need no registry, or everything the domain finds wrong with it.
   *
   * @throws UndecodableRecord if it is neither a known Avro record nor a JSON object
   */
  public Parsed decode(byte @Nullable [] value) {
    return parse(new Payload.Plain(value));
  }

  /**
   * The record in a payload, or everything the domain finds wrong with it.
   *
   * @throws UndecodableRecord if it is no record, whatever is wrong with the bytes
   */
  public Parsed parse(Payload payload) {
    try {
      return read(payload);
    } catch (UndecodableRecord e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // Neither Avro nor Jackson names a common type for what odd bytes make it throw.
      throw new UndecodableRecord("a record that cannot be read: " + e, e);
    }
  }

  private Parsed read(Payload payload) {
    if (payload instanceof Payload.Plain plain) {
      byte[] value = plain.value();
      return value != null && JsonRecords.looksLikeOne(value)
          ? json.read(value)
          : parsed(avro.read(value));
    }
    if (payload instanceof Payload.Registered registered) {
      return parsed(AvroRecords.values(registered.record()));
    }
    if (payload instanceof Payload.Unreadable unreadable) {
      throw new UndecodableRecord(unreadable.reason());
    }
    throw new AssertionError(payload);
  }

  private Parsed parsed(ReceivedValues received) {
    return parser.typed(received.values(), received.imputed());
  }

  /** A record as a JSON object; nothing is checked. */
  public byte[] encodeJson(Map<String, ? extends @Nullable Object> values, List<String> imputed) {
    return JsonRecords.write(values, imputed);
  }

  /**
   * A record in Avro's single-object encoding.
   *
   * @param values Double, Boolean, Long, String or null, by field; an absent field is null. A moment
   *     is an Instant, or a number in the unit that the schema says
   * @throws IllegalArgumentException if the schema has no place for a value
   */
  public byte[] encode(
      Schema schema, Map<String, ? extends @Nullable Object> values, List<String> imputed) {
    return AvroRecords.write(schema, values, imputed);
  }

  /**
   * A record as Avro's serializers take it.
   *
   * @param values as for {@link #encode}
   * @throws IllegalArgumentException if the schema has no place for a value
   */
  public GenericRecord avro(
      Schema schema, Map<String, ? extends @Nullable Object> values, List<String> imputed) {
    GenericRecord record = AvroRecords.record(schema, values, imputed);
    for (Schema.Field field : schema.getFields()) {
      if (!GenericData.get().validate(field.schema(), record.get(field.pos()))) {
        throw new IllegalArgumentException("field '" + field.name() + "' of schema "
            + schema.getFullName() + " has no place for '" + record.get(field.pos()) + "'");
      }
    }
    return record;
  }
}
