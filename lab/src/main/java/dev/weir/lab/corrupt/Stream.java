package dev.weir.lab.corrupt;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Records in order, and the randomness that decides which of them are hit. */
record Stream(List<RawRecord> records, String name, long seed) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  static Stream of(List<RawRecord> records, String name, long seed) {
    return new Stream(records, name, seed);
  }

  /** Changes one record. */
  @FunctionalInterface
  interface Edit {
    void apply(Draft draft, Domain domain, SplittableRandom random);
  }

  /** A source of its own for each corruption. */
  static SplittableRandom random(String name, long seed) {
    return new SplittableRandom(seed * GOLDEN + name.hashCode());
  }

  /** Edits each record with a probability. */
  List<Arrival> edited(double share, Edit edit) {
    if (records.isEmpty()) {
      return List.of();
    }
    Domain domain = records.get(0).domain();
    RecordParser parser = new RecordParser(domain);
    SplittableRandom random = random(name, seed);
    List<Arrival> arrivals = new ArrayList<>(records.size());
    for (RawRecord record : records) {
      // Drawn for every record, so that a higher share hits a superset.
      boolean isHit = random.nextDouble() < share;
      SplittableRandom own = random.split();
      if (isHit) {
        Draft draft = new Draft(record);
        edit.apply(draft, domain, own);
        arrivals.add(draft.arrival(parser));
      } else {
        arrivals.add(Arrival.intact(record));
      }
    }
    return arrivals;
  }
}
