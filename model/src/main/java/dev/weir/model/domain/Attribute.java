package dev.weir.model.domain;

/**
 * A single typed value of a record: a field, or one part of a composite field.
 *
 * @param name the field's name, or {@code Field.part}
 * @param field index of the field in {@link Domain#fields()}
 * @param kind {@link Kind#NUMBER}, {@link Kind#BOOLEAN}, {@link Kind#TIMESTAMP} or {@link
 *     Kind#CATEGORY}
 * @param columnRowsMin training rows that a category needs for a column of its own, at least 1
 */
public record Attribute(
    String name, int field, Kind kind, double min, double max, int columnRowsMin) {}
