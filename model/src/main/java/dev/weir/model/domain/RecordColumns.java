package dev.weir.model.domain;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Records of one domain, held column by column: numbers as doubles, each category once, other text as UTF-8. A million
 * records take some hundred and fifty bytes each instead of a thousand. As a list it makes each record anew when it is
 * asked for; it grows by {@link #add} only.
 */
public final class RecordColumns extends AbstractList<RawRecord> implements RandomAccess {
  private final Domain domain;
  private final double[][] numbers;
  private final @Nullable CategoryColumn[] categories;
  private final @Nullable TextColumn[] texts;
  private long[] present = new long[16];
  private long[] imputed = new long[16];
  private int size;

  /** No record yet. */
  public RecordColumns(Domain domain) {
    this.domain = domain;
    int attributes = domain.attributes().size();
    this.numbers = new double[attributes][0];
    this.categories = new CategoryColumn[attributes];
    this.texts = new TextColumn[domain.fields().size()];
    for (int f = 0; f < texts.length; f++) {
      Field field = domain.fields().get(f);
      if (field.role() != Role.IGNORED && field.kind() == Kind.TEXT) {
        texts[f] = new TextColumn();
      }
      for (int part = 0; part < Math.max(1, field.parts().size()); part++) {
        int attribute = domain.firstAttribute(f) + part;
        if (domain.attributes().get(attribute).kind() != Kind.CATEGORY) {
          numbers[attribute] = new double[16];
        } else if (field.kind() != Kind.TEXT || !field.parts().isEmpty()) {
          categories[attribute] = new CategoryColumn();
        }
      }
    }
  }

  @Override
  public boolean add(RawRecord record) {
    if (record.domain() != domain) {
      throw new IllegalArgumentException("a record of domain " + record.domain().name()
          + " among records of domain " + domain.name());
    }
    if (size == present.length) {
      present = Arrays.copyOf(present, grown(size));
      imputed = Arrays.copyOf(imputed, grown(size));
    }
    present[size] = record.present();
    imputed[size] = record.imputedUpstream();
    for (int a = 0; a < numbers.length; a++) {
      CategoryColumn category = categories[a];
      if (category != null) {
        category.add(size, record.category(a));
      } else if (numbers[a].length > 0) {
        numbers[a] =
            size == numbers[a].length ? Arrays.copyOf(numbers[a], grown(size)) : numbers[a];
        numbers[a][size] = record.number(a);
      }
    }
    for (int f = 0; f < texts.length; f++) {
      TextColumn text = texts[f];
      if (text != null) {
        text.add(size, (String) record.received(f).orElse(""));
      }
    }
    size++;
    return true;
  }

  static int grown(int length) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, length + (length >> 1) + 16L);
  }

  @Override
  public RawRecord get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index + " of " + size + " records");
    }
    double[] values = new double[numbers.length];
    @Nullable String[] names = new String[numbers.length];
    for (int a = 0; a < values.length; a++) {
      values[a] = numbers[a].length > 0 ? numbers[a][index] : Double.NaN;
      CategoryColumn category = categories[a];
      names[a] = category == null ? null : category.get(index);
    }
    @Nullable String[] received = new String[texts.length];
    for (int f = 0; f < received.length; f++) {
      if ((present[index] >>> f & 1) != 0) {
        TextColumn text = texts[f];
        received[f] = text == null ? names[domain.firstAttribute(f)] : text.get(index);
      }
    }
    return new RawRecord(
        domain,
        Objects.requireNonNull(received[domain.idField()], "every record has an id"),
        values,
        names,
        received,
        present[index],
        imputed[index],
        label(values, index));
  }

  private Optional<Boolean> label(double[] values, int index) {
    return domain.labelField().isPresent()
            && (present[index] >>> domain.labelField().getAsInt() & 1) != 0
        ? Optional.of(values[domain.firstAttribute(domain.labelField().getAsInt())] != 0)
        : Optional.empty();
  }

  @Override
  public int size() {
    return size;
  }
}
