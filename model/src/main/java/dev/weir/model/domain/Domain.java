package dev.weir.model.domain;

import dev.weir.model.document.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One kind of record: its declared fields in order, and the attributes they hold.
 *
 * <p>Masks address fields by bit, so a domain has at most {@value #FIELDS_MAX}.
 */
public final class Domain {
  public static final int FIELDS_MAX = 64;

  private static final String CHANNELS = "channels";
  private static final String OTHER = "other";

  /* Sources of that name, and the list of what upstream imputed in each record. */
  private static final Set<String> RESERVED = new TreeSet<>(Set.of(CHANNELS, OTHER, "imputed"));

  private final String name;
  private final List<Field> fields;
  private final List<Attribute> attributes;
  private final int[] firstAttribute;
  private final int[] channels;
  private final int[] evidence;
  private final OptionalInt id;
  private final Map<String, Integer> fieldIndex = new HashMap<>();
  private final Map<String, Integer> attributeIndex = new HashMap<>();

  private Domain(String name, List<Field> fields) {
    this.name = name;
    this.fields = List.copyOf(fields);
    this.firstAttribute = new int[fields.size()];
    List<Attribute> all = new ArrayList<>();
    for (int f = 0; f < fields.size(); f++) {
      firstAttribute[f] = all.size();
      all.addAll(attributesOf(f, fields.get(f)));
      fieldIndex.put(fields.get(f).name(), f);
    }
    this.attributes = List.copyOf(all);
    for (int a = 0; a < attributes.size(); a++) {
      attributeIndex.put(attributes.get(a).name(), a);
    }
    this.channels = indexesOf(Role.CHANNEL);
    this.id = only(Role.ID);
    this.evidence = IntStream.range(0, fields.size())
        .filter(f -> fields.get(f).role().isEvidence())
        .toArray();
  }

  /** Reads {@code domain} and {@code fields}; mistakes are noted in the section. */
  public static Domain read(Section section) {
    String name = section.text("domain");
    List<Field> fields = section.sections("fields", Domain::field);
    if (fields.size() > FIELDS_MAX) {
      section.note("fields", fields.size() + " fields, limit " + FIELDS_MAX);
      fields = fields.subList(0, FIELDS_MAX);
    }
    if (fields.stream().filter(field -> field.role() == Role.ID).count() != 1) {
      section.note("fields", "exactly one field must have role id");
    }
    if (fields.stream().filter(field -> field.role() == Role.GROUP).count() > 1) {
      section.note("fields", "at most one field may have role group");
    }
    if (fields.stream().filter(field -> field.role() == Role.LABEL).count() > 1) {
      section.note("fields", "at most one field may have role label");
    }
    noteNames(section, fields);
    checkBrought(section, fields);
    if (fields.stream().filter(field -> field.role() == Role.TIME).count() > 1) {
      section.note("fields", "at most one field may have role time");
    }
    return new Domain(name, fields);
  }

  /* A name stands for one thing wherever records, policies and decisions say it. */
  private static void noteNames(Section section, List<Field> fields) {
    Set<String> seen = new HashSet<>();
    for (Field field : fields) {
      String name = field.name();
      if (name.isBlank()) {
        section.note("fields", "a field's name is blank");
      } else if (RESERVED.contains(name)) {
        section.note(
            "fields",
            "field '" + name + "' has a name that is reserved, as " + RESERVED
                + " are; give it another");
      } else if (!seen.add(name)) {
        section.note("fields", "field '" + name + "' is declared twice");
      }
    }
    for (Field field : fields) {
      for (Field.Part part : field.parts()) {
        if (!seen.add(partName(field, part))) {
          section.note(
              "fields",
              "'" + partName(field, part) + "' is a part of '" + field.name()
                  + "' and a field, or another part; one of them needs another name");
        }
      }
    }
  }

  private static String partName(Field field, Field.Part part) {
    return field.name() + "." + part.name();
  }

  /** What a production model brings hangs together: members and contributions are of its margin. */
  private static void checkBrought(Section section, List<Field> fields) {
    long probabilities =
        fields.stream().filter(field -> field.role() == Role.PROBABILITY).count();
    if (probabilities > 1) {
      section.note("fields", "at most one field may have role probability");
    }
    if (fields.stream().filter(field -> field.role() == Role.MEMBER).count() == 1) {
      section.note("fields", "a single member agrees with itself only; declare two or none");
    }
    Set<String> sources = new HashSet<>();
    for (Field field : fields) {
      if (field.role().isBrought() && probabilities == 0) {
        section.note(
            "fields",
            "'" + field.name() + "' belongs to a model's probability; declare a field with role"
                + " probability");
      }
      if (field.role() == Role.CONTRIBUTION) {
        checkSource(section, fields, field, sources);
      }
    }
  }

  private static void checkSource(
      Section section, List<Field> fields, Field field, Set<String> seen) {
    boolean known = field.source().equals(CHANNELS)
        || field.source().equals(OTHER)
        || fields.stream()
            .anyMatch(other -> other.role().isEvidence() && other.name().equals(field.source()));
    if (!known) {
      section.note(
          "fields",
          "source '" + field.source() + "' of '" + field.name()
              + "' is neither a field that carries" + " evidence, nor channels, nor other");
    } else if (!seen.add(field.source())) {
      section.note("fields", "source '" + field.source() + "' has two contributions; add them up");
    }
  }

  private static Field field(Section section) {
    String name = section.text("name");
    Kind kind = Kind.of(section.oneOf("kind", Kind.names()));
    Role role = Role.of(section.oneOf("role", Role.names(), "feature"));
    boolean share = role == Role.PROBABILITY || role == Role.MEMBER;
    double least = role == Role.CHANNEL || share ? 0 : Double.NEGATIVE_INFINITY;
    double min = kind.isNumeric() ? min(section, least) : 0;
    double max = kind.isNumeric() ? max(section, share ? 1 : Double.POSITIVE_INFINITY) : 0;
    List<Field.Part> parts =
        section.has("parts") ? section.sections("parts", Domain::part) : List.of();
    Field field = new Field(
        name,
        kind,
        role,
        min,
        max,
        parts.isEmpty() ? "" : section.text("separator"),
        parts,
        role == Role.CONTRIBUTION ? section.text("source") : "",
        columnRowsMin(section, kind),
        sensitivity(section, role, parts));
    noteParts(section, field);
    // Of a kind or role that is none, everything else would be a mistake too.
    if (section.isOneOf("kind", Kind.names())
        && (!section.has("role") || section.isOneOf("role", Role.names()))) {
      noteRole(section, field);
    }
    return field;
  }

  private static void noteParts(Section section, Field field) {
    List<Field.Part> parts = field.parts();
    if (field.min() > field.max()) {
      section.note("max", "max " + field.max() + " is below min " + field.min());
    }
    if (!parts.isEmpty() && field.separator().isEmpty()) {
      section.note("separator", "parts need a separator of at least one character");
    }
    if (parts.stream().map(Field.Part::name).distinct().count() < parts.size()) {
      section.note("parts", "two parts have one name");
    }
  }

  private static void noteRole(Section section, Field field) {
    Kind kind = field.kind();
    Role role = field.role();
    if ((role == Role.ID || role == Role.GROUP) && kind.isNumeric()) {
      section.note("kind", "an id or a group must be text");
    }
    if (role == Role.CHANNEL && (kind != Kind.NUMBER || field.min() < 0)) {
      section.note("role", "a channel must be a number of at least 0");
    }
    boolean share = role == Role.PROBABILITY || role == Role.MEMBER;
    if (role.isBrought() && kind != Kind.NUMBER) {
      section.note("kind", "a " + role.label() + " must be a number");
    } else if (share && (field.min() < 0 || field.max() > 1)) {
      section.note("role", "a " + role.label() + " must lie within [0, 1]");
    } else if (role == Role.TIME && kind != Kind.TIMESTAMP) {
      section.note("role", "a time must be a timestamp");
    }
    if (role == Role.LABEL && kind != Kind.BOOLEAN) {
      section.note("role", "a label must be boolean");
    }
    if (role.isEvidence() && kind == Kind.TEXT && field.parts().isEmpty()) {
      section.note("kind", "text is evidence only through parts; declare parts, or role ignored");
    }
    if (!field.parts().isEmpty() && kind != Kind.TEXT) {
      section.note("parts", "only a text field has parts");
    }
    if (field.sensitive() && !role.mayBeSensitive()) {
      section.note(
          "sensitive",
          "what is learnt from a " + role.label()
              + " lies in the bundle, where nothing sensitive may; give '" + field.name()
              + "' the role ignored, id or group");
    }
  }

  private static Sensitivity sensitivity(Section section, Role role, List<Field.Part> parts) {
    if (!section.has("sensitive")) {
      return Sensitivity.NONE;
    }
    Optional<Sensitivity> given =
        section.scalar("sensitive").flatMap(value -> Sensitivity.of(value, role));
    if (given.isEmpty()) {
      section.note("sensitive", "must be true, false, erase or hash");
    } else if (given.get() == Sensitivity.ERASED && role == Role.ID) {
      section.note(
          "sensitive", "outcomes find their decision by the id, so it is not erased; hash it");
    } else if (given.get() == Sensitivity.HASHED && (role == Role.IGNORED || !parts.isEmpty())) {
      section.note("sensitive", "only an id or a group without parts is hashed; erase it");
    }
    return given.orElse(Sensitivity.NONE);
  }

  private static Field.Part part(Section section) {
    String name = section.text("name");
    Kind kind = Kind.of(section.oneOf("kind", List.of("number", "category")));
    boolean number = kind == Kind.NUMBER;
    return new Field.Part(
        name,
        kind,
        number ? min(section, Double.NEGATIVE_INFINITY) : 0,
        number ? max(section, Double.POSITIVE_INFINITY) : 0,
        columnRowsMin(section, kind));
  }

  private static int columnRowsMin(Section section, Kind kind) {
    if (section.has("columnRowsMin") && kind != Kind.CATEGORY) {
      section.note("columnRowsMin", "only categories have columns of their own");
    }
    return section.integer("columnRowsMin", 1, Integer.MAX_VALUE, 1);
  }

  private static double min(Section section, double otherwise) {
    return section.number("min", -Double.MAX_VALUE, Double.MAX_VALUE, otherwise);
  }

  private static double max(Section section, double otherwise) {
    return section.number("max", -Double.MAX_VALUE, Double.MAX_VALUE, otherwise);
  }

  private static List<Attribute> attributesOf(int index, Field field) {
    if (field.parts().isEmpty()) {
      Kind kind = field.kind() == Kind.TEXT ? Kind.CATEGORY : field.kind();
      return List.of(new Attribute(
          field.name(), index, kind, field.min(), field.max(), field.columnRowsMin()));
    }
    return field.parts().stream()
        .map(part -> new Attribute(
            partName(field, part),
            index,
            part.kind(),
            part.min(),
            part.max(),
            part.columnRowsMin()))
        .toList();
  }

  private int[] indexesOf(Role role) {
    return IntStream.range(0, fields.size())
        .filter(f -> fields.get(f).role() == role)
        .toArray();
  }

  private OptionalInt only(Role role) {
    return IntStream.of(indexesOf(role)).findFirst();
  }

  /** Whether an attribute may be looked at when a record is decided. */
  public boolean isEvidence(int attribute) {
    return fields.get(attributes.get(attribute).field()).role().isEvidence();
  }

  public String name() {
    return name;
  }

  public List<Field> fields() {
    return fields;
  }

  public List<Attribute> attributes() {
    return attributes;
  }

  /** Index of a field's first attribute; its parts follow. */
  public int firstAttribute(int field) {
    return firstAttribute[field];
  }

  public int idField() {
    return id.orElseThrow();
  }

  public OptionalInt labelField() {
    return only(Role.LABEL);
  }

  public Optional<Integer> groupField() {
    OptionalInt field = only(Role.GROUP);
    return field.isPresent() ? Optional.of(field.getAsInt()) : Optional.empty();
  }

  /** The field with a production model's probability; empty where the domain has no such model. */
  public OptionalInt probabilityField() {
    return only(Role.PROBABILITY);
  }

  /** Indexes of the fields with a role, in declared order. */
  public int[] fieldsOf(Role role) {
    return indexesOf(role);
  }

  public OptionalInt timeField() {
    return only(Role.TIME);
  }

  /** Indexes of the fields with role channel, in declared order. */
  public int[] channels() {
    return channels.clone();
  }

  /** How many fields have role channel. */
  public int channelCount() {
    return channels.length;
  }

  /** A field with role channel, by its position among them. */
  public Field channel(int position) {
    return fields.get(channels[position]);
  }

  /** How many fields count in the missing bitmap. */
  public int evidenceCount() {
    return evidence.length;
  }

  /** Indexes of the fields that count in the missing bitmap, in declared order. */
  public int[] evidence() {
    return evidence.clone();
  }

  public OptionalInt fieldIndex(String field) {
    Integer index = fieldIndex.get(field);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  public OptionalInt attributeIndex(String attribute) {
    Integer index = attributeIndex.get(attribute);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }
}
