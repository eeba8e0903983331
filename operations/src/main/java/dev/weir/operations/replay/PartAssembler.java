package dev.weir.operations.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts decisions together that belong to one batch part; with records, also what the records topic
 * has of it. Holds no more than what is not whole yet.
 */
final class PartAssembler {
  private final boolean wantsRecords;
  private final Consumer<LoggedPart> parts;
  private final Map<PartKey, Gathered> open = new LinkedHashMap<>();
  private final Map<Place, RawRecords.Raw> records = new HashMap<>();

  private record Place(String topic, int partition, long offset) {}

  /** What is there of a part. */
  private static final class Gathered {
    final List<LoggedDecision> decisions = new ArrayList<>();
    final Map<Long, Boolean> refused = new HashMap<>();
  }

  /** @param parts takes each part that is whole, then, on finish, each that is not */
  PartAssembler(boolean wantsRecords, Consumer<LoggedPart> parts) {
    this.wantsRecords = wantsRecords;
    this.parts = parts;
  }

  void decision(LoggedDecision decision) {
    Gathered gathered = open.computeIfAbsent(decision.part(), key -> new Gathered());
    gathered.decisions.add(decision);
    emitIfWhole(decision.part(), gathered);
  }

  /** A record of the records topic. */
  void record(String topic, int partition, long offset, RawRecords.Raw raw) {
    records.put(new Place(topic, partition, offset), raw);
  }

  /**
   * A dead letter of a part.
   *
   * @param isRefused whether it was refused before anybody read its value
   */
  void rejected(PartKey key, long offset, boolean isRefused) {
    Gathered gathered = open.computeIfAbsent(key, any -> new Gathered());
    gathered.refused.put(offset, isRefused);
    emitIfWhole(key, gathered);
  }

  /** A record that belongs to no part. */
  void dropped(String topic, int partition, long offset) {
    records.remove(new Place(topic, partition, offset));
  }

  private void emitIfWhole(PartKey key, Gathered gathered) {
    if (!gathered.decisions.isEmpty()
        && gathered.decisions.size() == gathered.decisions.get(0).decisionsInPart()) {
      LoggedPart part = part(key, gathered);
      if (part.isWhole() || !wantsRecords) {
        open.remove(key);
        forget(key, gathered);
        parts.accept(part);
      }
    }
  }

  private LoggedPart part(PartKey key, Gathered gathered) {
    LoggedPart part = LoggedPart.of(key, gathered.decisions);
    if (!wantsRecords) {
      return part;
    }
    Map<Long, RawRecords.Raw> found = new HashMap<>();
    for (long offset : offsets(gathered)) {
      Optional.ofNullable(records.get(new Place(key.topic(), key.partition(), offset)))
          .ifPresent(raw -> found.put(
              offset,
              gathered.refused.getOrDefault(offset, false)
                  ? new RawRecords.Raw(raw.timestamp(), raw.value(), raw.headers(), true)
                  : raw));
    }
    return part.with(found, part.decisions().get(0).recordsInPart());
  }

  private static Set<Long> offsets(Gathered gathered) {
    Set<Long> offsets = new HashSet<>(gathered.refused.keySet());
    gathered.decisions.forEach(decision -> offsets.add(decision.offset()));
    return offsets;
  }

  private void forget(PartKey key, Gathered gathered) {
    if (wantsRecords) {
      offsets(gathered)
          .forEach(offset -> records.remove(new Place(key.topic(), key.partition(), offset)));
    }
  }

  /** Looks again at the parts whose records came after their decisions. */
  void settle() {
    if (!wantsRecords) {
      return;
    }
    for (PartKey key : List.copyOf(open.keySet())) {
      Gathered gathered = open.get(key);
      if (gathered != null) {
        emitIfWhole(key, gathered);
      }
    }
  }

  /** Hands on what never became whole; parts without a single decision were rejected whole. */
  void finish() {
    settle();
    Iterator<Map.Entry<PartKey, Gathered>> left = open.entrySet().iterator();
    while (left.hasNext()) {
      Map.Entry<PartKey, Gathered> entry = left.next();
      left.remove();
      if (!entry.getValue().decisions.isEmpty()) {
        parts.accept(part(entry.getKey(), entry.getValue()));
      }
    }
    records.clear();
  }
}
