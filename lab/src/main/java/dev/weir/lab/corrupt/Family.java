package dev.weir.lab.corrupt;

import java.util.Locale;

/** The kinds of corruption in the suite (lab.md §9). */
public enum Family {
  /** Each channel's value, now and then, gets lost and is written as 0. */
  ZERO_FILLED,
  /** The same, and upstream says so in {@code imputed}. */
  ZERO_FILLED_MARKED,
  /** One channel reports 0. */
  CHANNEL_ZERO,
  /** One channel reports nothing. */
  CHANNEL_MISSING,
  /** Other fields do not come. */
  FIELD_MISSING,
  /** A channel comes in hundredths. */
  UNIT_TIMES_100,
  /** A channel comes in hundreds. */
  UNIT_BY_100,
  /** The commonest category has another name. */
  CATEGORY_RENAMED,
  /** Two channels stand in each other's place. */
  CHANNELS_SWAPPED,
  /** A truth value is its opposite. */
  TRUTH_FLIPPED,
  /** Records come twice. */
  DUPLICATED,
  /** A rare slice is common. */
  COHORT_SHIFT;

  /** As reports write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
