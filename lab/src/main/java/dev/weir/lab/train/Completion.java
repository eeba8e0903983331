package dev.weir.lab.train;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Fills what is not observed of a record with what another record, drawn at random, has there (hot deck): one world in
 * which the record may have come to be, where imputation gives the same value every time.
 */
final class Completion {
  private final List<RawRecord> records;
  private final Domain domain;
  private final RecordParser parser;
  private final int[][] observers;
  private final long evidence;

  Completion(List<RawRecord> records) {
    this.records = records;
    this.domain = records.get(0).domain();
    this.parser = new RecordParser(domain);
    this.evidence = IntStream.of(domain.evidence()).mapToLong(f -> 1L << f).sum();
    this.observers = new int[domain.fields().size()][];
    for (int f : domain.evidence()) {
      observers[f] = IntStream.range(0, records.size())
          .filter(i -> (records.get(i).observed() >>> f & 1) != 0)
          .toArray();
    }
  }

  boolean isWhole(RawRecord record) {
    return (record.observed() & evidence) == evidence;
  }

  /** The record with every gap filled that some record has no gap at; one donor fills all that it can. */
  RawRecord complete(RawRecord record, SplittableRandom random) {
    RawRecord donor = records.get(random.nextInt(records.size()));
    Map<String, Object> values = new HashMap<>();
    for (int f = 0; f < domain.fields().size(); f++) {
      Field field = domain.fields().get(f);
      RawRecord from = record;
      if (field.role().isEvidence() && (record.observed() >>> f & 1) == 0) {
        from = (donor.observed() >>> f & 1) != 0 ? donor : observer(f, donor, random);
      }
      from.received(f).ifPresent(value -> values.put(field.name(), value));
    }
    Parsed parsed = parser.typed(values::get, List.of());
    if (parsed instanceof RawRecord completed) {
      return completed;
    }
    throw new AssertionError("valid values of valid records make a valid record: " + parsed);
  }

  private RawRecord observer(int field, RawRecord otherwise, SplittableRandom random) {
    int[] rows = observers[field];
    return rows.length == 0 ? otherwise : records.get(rows[random.nextInt(rows.length)]);
  }
}
