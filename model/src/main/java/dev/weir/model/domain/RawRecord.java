package dev.weir.model.domain;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The raw values of one valid record, as received.
 *
 * <p>Values are addressed by attribute index; presence by field index, in bit masks. A field is
 * <em>present</em> if a value was received, and <em>observed</em> if upstream did not impute it.
 */
public final class RawRecord implements Parsed {
  private final Domain domain;
  private final String id;
  private final double[] numbers;
  private final @Nullable String[] texts;
  private final @Nullable String[] received;
  private final long present;
  private final long imputed;
  private final Optional<Boolean> label;

  RawRecord(
      Domain domain,
      String id,
      double[] numbers,
      @Nullable String[] texts,
      @Nullable String[] received,
      long present,
      long imputed,
      Optional<Boolean> label) {
    this.domain = domain;
    this.id = id;
    this.numbers = numbers;
    this.texts = texts;
    this.received = received;
    this.present = present;
    this.imputed = imputed & present;
    this.label = label;
  }

  /** A record that nobody sent: no id and no value. */
  public static RawRecord blank(Domain domain) {
    double[] numbers = new double[domain.attributes().size()];
    Arrays.fill(numbers, Double.NaN);
    return new RawRecord(
        domain,
        "",
        numbers,
        new String[numbers.length],
        new String[domain.fields().size()],
        0,
        0,
        Optional.empty());
  }

  /**
   * This record, had some fields been missing.
   *
   * @param fields bit f is set iff field f shall be
   */
  RawRecord without(long fields) {
    double[] kept = numbers.clone();
    @Nullable String[] texts = this.texts.clone();
    for (int a = 0; a < kept.length; a++) {
      if ((fields >>> domain.attributes().get(a).field() & 1) != 0) {
        kept[a] = Double.NaN;
        texts[a] = null;
      }
    }
    return new RawRecord(
        domain, id, kept, texts, received, present & ~fields, imputed & ~fields, label);
  }

  /** The same values as they came with another id. */
  public RawRecord withId(String other) {
    @Nullable String[] texts = received.clone();
    texts[domain.idField()] = other;
    return new RawRecord(domain, other, numbers, this.texts, texts, present, imputed, label);
  }

  /** Whether another of its domain came with the same id and the same values, so that one of them was sent again. */
  public boolean isRepeatOf(RawRecord other) {
    return id.equals(other.id)
        && present == other.present
        && imputed == other.imputed
        && Arrays.equals(numbers, other.numbers)
        && Arrays.equals(received, other.received);
  }

  public Domain domain() {
    return domain;
  }

  public String id() {
    return id;
  }

  /** The outcome, where the record came with one. */
  public Optional<Boolean> label() {
    return label;
  }

  /** What must not be split between folds: the group field's value, else the record's own id. */
  public String group() {
    return domain.groupField().map(this::text).orElse(id);
  }

  /** When the record came to be, in epoch milliseconds; empty where the domain or the record does not say. */
  public OptionalLong time() {
    OptionalInt field = domain.timeField();
    return field.isPresent() && (present >>> field.getAsInt() & 1) != 0
        ? OptionalLong.of((long) numbers[domain.firstAttribute(field.getAsInt())])
        : OptionalLong.empty();
  }

  /** Bit f is set iff field f has a value. */
  public long present() {
    return present;
  }

  /** Bit f is set iff field f has a value that upstream did not impute. */
  public long observed() {
    return present & ~imputed;
  }

  /** Bit f is set iff upstream imputed field f's value. */
  public long imputedUpstream() {
    return imputed;
  }

  /** The number, truth value (0 or 1) or epoch milliseconds of an attribute; NaN where missing. */
  public double number(int attribute) {
    return numbers[attribute];
  }

  /** The category of an attribute; null where missing. */
  public @Nullable String category(int attribute) {
    return texts[attribute];
  }

  /** A field's value as it was received: Double, Boolean, Long or String; empty where missing. */
  public Optional<Object> received(int field) {
    if ((present >>> field & 1) == 0) {
      return Optional.empty();
    }
    Field declared = domain.fields().get(field);
    int attribute = domain.firstAttribute(field);
    return Optional.of(
        switch (declared.kind()) {
          case NUMBER -> (Object) numbers[attribute];
          case BOOLEAN -> numbers[attribute] != 0;
          case TIMESTAMP -> (long) numbers[attribute];
          case CATEGORY, TEXT -> text(field);
        });
  }

  /** The text of a text or category field as it was received, or its hash; the field must be present. */
  public String text(int field) {
    String text = received[field];
    return text == null ? id : text;
  }
}
