package dev.weir.model.reference;

/**
 * One thing that a batch is compared in: the mean, over its records that have one, of a number of
 * each record.
 *
 * @param name what is averaged, for instance {@code zero(Spa | HomePlanet=Earth)}
 * @param field the field that is to blame if it drifts
 * @param rate whether the number is 0 or 1
 */
public record DriftStatistic(String name, String field, boolean rate) {}
