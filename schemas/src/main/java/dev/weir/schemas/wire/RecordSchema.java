package dev.weir.schemas.wire;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Role;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The plain Avro schema of a domain's records: a nullable field each, the id apart, and upstream's marks. */
public final class RecordSchema {
  private static final String NAMESPACE = "dev.weir.records";

  private RecordSchema() {}

  /**
   * The schema, without the label, which is not known yet when a record is decided.
   *
   * @throws IllegalArgumentException if a name of the domain is none that Avro can say
   */
  public static Schema of(Domain domain) {
    List<Schema.Field> fields = new ArrayList<>();
    try {
      for (Field field : domain.fields()) {
        if (field.role() == Role.ID) {
          fields.add(new Schema.Field(field.name(), Schema.create(Schema.Type.STRING)));
        } else if (field.role() != Role.LABEL) {
          fields.add(new Schema.Field(
              field.name(),
              Schema.createUnion(Schema.create(Schema.Type.NULL), type(field)),
              null,
              JsonProperties.NULL_VALUE));
        }
      }
      fields.add(new Schema.Field(
          RecordCodec.IMPUTED,
          Schema.createArray(Schema.create(Schema.Type.STRING)),
          null,
          List.of()));
      return Schema.createRecord(domain.name(), null, NAMESPACE, false, fields);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException(
          "domain " + domain.name() + " has no Avro schema: " + e.getMessage()
              + "; names are letters, digits and '_'. Send JSON instead",
          e);
    }
  }

  private static Schema type(Field field) {
    return switch (field.kind()) {
      case NUMBER -> Schema.create(Schema.Type.DOUBLE);
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case CATEGORY, TEXT -> Schema.create(Schema.Type.STRING);
      case TIMESTAMP -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    };
  }
}
