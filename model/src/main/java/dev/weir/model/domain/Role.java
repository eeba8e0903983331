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
  /** Received, and not used. */
  IGNORED;

  static List<String> names() {
    return Stream.of(values()).map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
  }

  static Role of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Whether a field of this role counts in the missing bitmap and may be imputed upstream. */
  public boolean isEvidence() {
    return this == CHANNEL || this == FEATURE;
  }
}
