package dev.weir.model.domain;

/** What became of a received record: its raw values, or why it has none. */
public sealed interface Parsed permits RawRecord, Invalid {}
