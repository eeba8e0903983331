package dev.weir.topology.collect;

import org.jspecify.annotations.Nullable;

/** A record header as received. */
public record RawHeader(String name, byte @Nullable [] value) {}
