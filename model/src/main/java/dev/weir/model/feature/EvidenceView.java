package dev.weir.model.feature;

import dev.weir.model.domain.RawRecord;
import dev.weir.model.flag.ChannelTopology;

/**
 * What models and priors look at, as {@link Evidence} defines each part: either evidence to keep, or
 * a sheet that is filled in for every record.
 */
public sealed interface EvidenceView permits Evidence, EvidenceSheet {
  RawRecord record();

  /** The value of an attribute, its gap filled; NaN where training had nothing to fill with. */
  double filled(int attribute);

  /** Bit i is set iff flag i is true. */
  long truths();

  ChannelTopology topology();

  long missing();

  int missingCount();

  int imputedCount();

  double fragility();
}
