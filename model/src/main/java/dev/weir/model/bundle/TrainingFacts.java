package dev.weir.model.bundle;

import java.util.Map;

/**
 * Where a bundle came from and how good it was out of sample.
 *
 * @param rows training rows
 * @param data fingerprint of the training rows' sorted ids
 * @param seed of every random choice
 * @param quality out-of-fold measures by name, in order
 */
public record TrainingFacts(int rows, Fingerprint data, long seed, Map<String, Double> quality) {}
