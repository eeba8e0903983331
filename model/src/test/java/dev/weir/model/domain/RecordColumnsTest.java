package dev.weir.model.domain;

import static dev.weir.model.Passengers.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Passengers;
import dev.weir.model.definition.DomainDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A record that was added comes back as it was. */
class RecordColumnsTest {
  private static final Domain DOMAIN = Passengers.DOMAIN;

  private static RecordColumns columns(List<RawRecord> records) {
    RecordColumns columns = new RecordColumns(DOMAIN);
    records.forEach(columns::add);
    return columns;
  }

  /** Everything that can be asked of a record. */
  private static List<Object> contents(RawRecord record) {
    List<Object> contents = new ArrayList<>(List.of(
        record.id(),
        record.group(),
        record.label(),
        record.time(),
        record.present(),
        record.observed(),
        record.imputedUpstream()));
    for (int a = 0; a < DOMAIN.attributes().size(); a++) {
      contents.add(Optional.ofNullable(record.category(a)));
      contents.add(record.number(a));
    }
    for (int f = 0; f < DOMAIN.fields().size(); f++) {
      contents.add(record.received(f));
    }
    return contents;
  }

  private static RawRecord some(SplittableRandom random, int number) {
    Passengers.Builder builder = record()
        .with("PassengerId", String.format(Locale.ROOT, "%04d_ä", number))
        .with("HomePlanet", List.of("Earth", "Europa", "Mårs").get(random.nextInt(3)))
        .with("Cabin", "F/" + random.nextInt(900) + "/P")
        .with("Age", random.nextDouble() * 80)
        .with("CryoSleep", random.nextBoolean())
        .with("Transported", random.nextBoolean());
    for (String field :
        List.of("HomePlanet", "Cabin", "Age", "Spa", "Transported", "TravelGroup")) {
      if (random.nextInt(4) == 0) {
        builder.missing(field);
      }
    }
    return random.nextInt(5) == 0 ? builder.marked("Age", "Spa").build() : builder.build();
  }

  @Test
  void get_anyRecords_areAsTheyWereAdded() {
    SplittableRandom random = new SplittableRandom(3);
    List<RawRecord> records =
        IntStream.range(0, 500).mapToObj(i -> some(random, i)).toList();

    RecordColumns columns = columns(records);

    assertThat(columns).hasSameSizeAs(records);
    for (int i = 0; i < records.size(); i++) {
      assertThat(contents(columns.get(i))).isEqualTo(contents(records.get(i)));
    }
  }

  @Test
  void get_beyondTheLast_isRefused() {
    RecordColumns columns = columns(List.of(record().build()));

    assertThatThrownBy(() -> columns.get(1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("1 of 1 records");
    assertThatThrownBy(() -> columns.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void add_recordOfAnotherDomain_isRefused() {
    RawRecord other = RawRecord.blank(DomainDefinition.shipped("passenger").domain());

    assertThatThrownBy(() -> new RecordColumns(DOMAIN).add(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("passenger");
  }
}
