package dev.weir.lab.corrupt;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A record's received values while they are being changed. */
final class Draft {
  private final RawRecord record;
  private final Map<String, Object> values = new HashMap<>();
  private final Set<String> imputed = new LinkedHashSet<>();
  private boolean isChanged;

  Draft(RawRecord record) {
    this.record = record;
    Domain domain = record.domain();
    for (int f = 0; f < domain.fields().size(); f++) {
      Field field = domain.fields().get(f);
      record.received(f).ifPresent(value -> values.put(field.name(), value));
      if ((record.imputedUpstream() >>> f & 1) != 0) {
        imputed.add(field.name());
      }
    }
  }

  Optional<Object> value(String field) {
    return Optional.ofNullable(values.get(field));
  }

  /** Sets a value that differs from what is there. */
  void set(String field, Object value) {
    isChanged |= !value.equals(values.put(field, value));
  }

  /** The field does not come. */
  void clear(String field) {
    isChanged |= values.remove(field) != null;
    imputed.remove(field);
  }

  /** Upstream says that it made the value up. */
  void mark(String field) {
    isChanged |= imputed.add(field);
  }

  Arrival arrival(RecordParser parser) {
    if (!isChanged) {
      return Arrival.intact(record);
    }
    Parsed parsed = parser.typed(values::get, List.copyOf(imputed));
    return new Arrival(parsed, record, true);
  }
}
