package dev.weir.lab.apply;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.gating.gate.Batch;
import dev.weir.lab.data.CsvRecords;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a file as batches, in order of their first rows. A row's position is the file's name
 * and the row's number from 0; rows have no time of their own, so theirs is 0.
 */
public final class CsvBatches {
  private CsvBatches() {}

  /** The batches; every row is in exactly one. */
  public static List<Batch> of(CsvRecords data, BatchBy by) {
    List<Batch> batches = new ArrayList<>();
    rows(data, by).forEach((key, rows) -> batches.add(batch(data, key.name(), rows)));
    return batches;
  }

  /** By batch, the numbers of its rows from 0; batches in order of their first rows. */
  public static Map<Key, List<Integer>> rows(CsvRecords data, BatchBy by) {
    Map<Key, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < data.rows().size(); i++) {
      members
          .computeIfAbsent(key(data.rows().get(i), i, by), k -> new ArrayList<>())
          .add(i);
    }
    return by instanceof BatchBy.SameValue same && !same.isNamed() ? unnamed(members) : members;
  }

  private static Map<Key, List<Integer>> unnamed(Map<Key, List<Integer>> members) {
    Map<Key, List<Integer>> unnamed = new LinkedHashMap<>();
    members.values().forEach(rows -> unnamed.put(new Key("row-" + rows.get(0), false), rows));
    return unnamed;
  }

  /**
   * Which batch a row belongs to.
   *
   * @param name the batch's id
   * @param isValue whether the name is a value of the file, or ours
   */
  public record Key(String name, boolean isValue) {}

  private static Key key(CsvRecords.Row row, int index, BatchBy by) {
    if (by instanceof BatchBy.Consecutive consecutive) {
      return new Key("rows-" + index / consecutive.rows(), false);
    }
    if (by instanceof BatchBy.SameValue same) {
      String value = row.cells().get(same.field());
      return value == null ? new Key("row-" + index, false) : new Key(value, true);
    }
    throw new AssertionError(by);
  }

  private static Batch batch(CsvRecords data, String key, List<Integer> rows) {
    String topic = String.valueOf(data.file().getFileName());
    List<Batch.Member> valid = new ArrayList<>();
    for (int row : rows) {
      if (data.rows().get(row).parsed() instanceof RawRecord record) {
        valid.add(new Batch.Member(record, new Position(topic, 0, row), 0));
      }
    }
    CloseReason reason = rows.size() == 1 ? CloseReason.SINGLE : CloseReason.SIZE;
    return new Batch(key, rows.get(0), reason, valid, rows.size() - valid.size(), 0);
  }
}
