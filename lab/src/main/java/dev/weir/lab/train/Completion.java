package dev.weir.lab.train;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.reference.Coding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Fills what is not observed of a record with what another record has there (hot deck): one world in which the record may
 * have come to be, where imputation gives the same value every time. The donor is, of some drawn at random, the one most like
 * the record in what is observed: a sleeper's lost spend is filled by other sleepers' nothing, not by anybody's fortune.
 */
final class Completion {
  private static final int CANDIDATES = 5;

  private final List<RawRecord> records;
  private final int[] rows;
  private final Coding coding;
  private final int[][] codes;
  private final Domain domain;
  private final RecordParser parser;
  private final long evidence;

  /** @param rows of the records that may be donors */
  Completion(List<RawRecord> records, int[] rows, Coding coding) {
    this.records = records;
    this.rows = rows;
    this.coding = coding;
    this.codes = IntStream.of(rows).mapToObj(row -> codes(records.get(row))).toArray(int[][]::new);
    this.domain = records.get(0).domain();
    this.parser = new RecordParser(domain);
    this.evidence = IntStream.of(domain.evidence()).mapToLong(f -> 1L << f).sum();
  }

  private int[] codes(RawRecord record) {
    int[] ofRecord = new int[coding.attributes()];
    coding.code(record, record.observed(), ofRecord);
    return ofRecord;
  }

  boolean isWhole(RawRecord record) {
    return gaps(record) == 0;
  }

  private long gaps(RawRecord record) {
    return evidence & ~record.observed();
  }

  /** The record with every gap filled that its donor has no gap at. */
  RawRecord complete(RawRecord record, SplittableRandom random) {
    RawRecord donor = donor(record, random);
    Map<String, Object> values = new HashMap<>();
    for (int f = 0; f < domain.fields().size(); f++) {
      Field field = domain.fields().get(f);
      boolean isFilled = ((gaps(record) & ~gaps(donor)) >>> f & 1) != 0;
      RawRecord from = isFilled ? donor : record;
      from.received(f).ifPresent(value -> values.put(field.name(), value));
    }
    Parsed parsed = parser.typed(values::get, List.of());
    if (parsed instanceof RawRecord completed) {
      return completed;
    }
    throw new AssertionError("valid values of valid records make a valid record: " + parsed);
  }

  /** The fewest gaps left count first, then the most values alike, then the first drawn. */
  private RawRecord donor(RawRecord record, SplittableRandom random) {
    int[] wanted = codes(record);
    RawRecord best = record;
    int most = Integer.MIN_VALUE;
    for (int c = 0; c < CANDIDATES; c++) {
      int drawn = random.nextInt(rows.length);
      RawRecord candidate = records.get(rows[drawn]);
      int alike = alike(wanted, codes[drawn])
          - wanted.length * Long.bitCount(gaps(record) & gaps(candidate));
      if (alike > most) {
        most = alike;
        best = candidate;
      }
    }
    return best;
  }

  private static int alike(int[] codes, int[] others) {
    int alike = 0;
    for (int a = 0; a < codes.length; a++) {
      alike += codes[a] != Coding.NONE && codes[a] == others[a] ? 1 : 0;
    }
    return alike;
  }
}
