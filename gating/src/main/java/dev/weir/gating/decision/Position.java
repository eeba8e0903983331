package dev.weir.gating.decision;

/** Where a record was read. Offline the topic is the file's name and the offset the row, from 0. */
public record Position(String topic, int partition, long offset) {}
