package dev.weir.topology.route;

import dev.weir.topology.collect.Received;
import dev.weir.topology.collect.Rejection;

/** A record that could not be decided, as received, and why. */
public record DeadLetter(Received record, Rejection rejection) {}
