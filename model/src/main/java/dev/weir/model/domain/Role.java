package dev.weir.model.domain;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What part a field plays. */
public enum Role {
  /** Names the record; never missing. */
  ID,
  /** The outcome, known afterwards; used in training and evaluation only. */
  LABEL,
  /** Records that belong together and must never be split between folds. */
  GROUP,
  /** When the record came to be; training never learns from the future of what it judges. */
  TIME,
  /** One of several like amounts whose raw topology is described. */
  CHANNEL,
  /** Evidence. */
  FEATURE,
  /** The probability that a production model elsewhere gave the record. */
  PROBABILITY,
  /** The probability by one member of that model. */
  MEMBER,
  /** What one source contributed to that model's margin, in logits. */
  CONTRIBUTION,
  /** Received, and not used. */
  IGNORED;

  static List<String> names() {
    return Stream.of(values()).map(Role::label).toList();
  }

  static Role of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The role as a domain file writes it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing is learnt from a field of this role, so that no bundle can hold its values. */
  boolean mayBeSensitive() {
    return this == ID || this == GROUP || this == IGNORED;
  }

  /** Whether a production model brings the field's value with every record. */
  public boolean isBrought() {
    return this == PROBABILITY || this == MEMBER || this == CONTRIBUTION;
  }

  /** Whether a field of this role counts in the missing bitmap and may be imputed upstream. */
  public boolean isEvidence() {
    return this == CHANNEL || this == FEATURE;
  }
}
