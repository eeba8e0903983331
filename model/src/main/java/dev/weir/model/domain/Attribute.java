package dev.weir.model.domain;

/**
 * A single typed value of a record: a field, or one part of a composite field.
 *
 * @param name the field's name, or {@code Field.part}
 * @param field index of the field in {@link Domain#fields()}
 * @param kind {@link Kind#NUMBER}, {@link Kind#BOOLEAN}, {@link Kind#TIMESTAMP} or {@link
 *     Kind#CATEGORY}
 */
public record Attribute(String name, int field, Kind kind, double min, double max) {}
