package dev.weir.model.reference;

/** The training rows' tables that a record is compared with. */
public record Reference(
    Marks marks, Vocabulary vocabulary, SumDistribution sums, Frequencies frequencies) {}
