package dev.weir.gating.decision;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A field that has a place in decisions, as those need it who write one after the other.
 *
 * @param index in the domain
 * @param attribute its first
 * @param isKept whether its value has a place too
 */
public record CarriedField(String name, int index, int attribute, Kind kind, boolean isKept) {
  /** Those of a domain, in declared order. */
  public static List<CarriedField> of(Domain domain) {
    return IntStream.range(0, domain.fields().size())
        .filter(f -> Masking.isCarried(domain.fields().get(f)))
        .mapToObj(f -> of(domain, f))
        .toList();
  }

  private static CarriedField of(Domain domain, int index) {
    Field field = domain.fields().get(index);
    return new CarriedField(
        field.name(), index, domain.firstAttribute(index), field.kind(), Masking.isKept(field));
  }

  /** Whether a decision tells the value that a record came with. */
  public boolean isTold(RawRecord record) {
    return isKept && (record.present() >>> index & 1) != 0;
  }
}
