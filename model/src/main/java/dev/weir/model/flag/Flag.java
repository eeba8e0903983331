package dev.weir.model.flag;

/** A named detector. */
public record Flag(String name, Detector detector) {}
