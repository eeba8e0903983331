package dev.weir.topology.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.common.utils.Bytes;

class FormatsTest {
  @Property(tries = 200)
  void received_writtenAndRead_isTheSame(
      @ForAll @StringLength(min = 1, max = 20) String batch,
      @ForAll @LongRange(min = 0) long offset,
      @ForAll long timestamp,
      @ForAll byte[] value,
      @ForAll List<String> headers) {
    List<RawHeader> all = headers.stream()
        .map(name -> new RawHeader(wellFormed(name), new byte[] {7}))
        .toList();
    String id = wellFormed(batch);
    Received record =
        new Received(offset, timestamp, id.getBytes(StandardCharsets.UTF_8), value, all);

    Received read =
        ReceivedFormat.read(ReceivedFormat.key(id, offset), ReceivedFormat.value(record));

    assertThat(read).usingRecursiveComparison().isEqualTo(record);
  }

  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Property(tries = 200)
  void key_ofABatch_liesWithinItsOwnRangeAlone(
      @ForAll @StringLength(min = 1, max = 3) String one,
      @ForAll @StringLength(min = 1, max = 3) String two,
      @ForAll @LongRange(min = 0) long offset) {
    String a = wellFormed(one);
    String b = wellFormed(two);
    Bytes key = ReceivedFormat.key(a, offset);

    boolean isWithin = key.compareTo(ReceivedFormat.key(b, 0)) >= 0
        && key.compareTo(ReceivedFormat.key(b, Long.MAX_VALUE)) <= 0;

    assertThat(isWithin).isEqualTo(a.equals(b));
    assertThat(ReceivedFormat.offset(key.get())).isEqualTo(offset);
  }

  @org.junit.jupiter.api.Test
  void received_nulls_stayNull() {
    Received record = new Received(1, 2, new byte[] {'b'}, null, List.of(new RawHeader("h", null)));

    Received read = ReceivedFormat.read(ReceivedFormat.key("b", 1), ReceivedFormat.value(record));

    assertThat(read.value()).isNull();
    assertThat(read.headers()).containsExactly(new RawHeader("h", null));
  }

  @org.junit.jupiter.api.Test
  void read_otherFormat_isRefusedWithBoth() {
    assertThatThrownBy(() -> ReceivedFormat.read(ReceivedFormat.key("b", 1), new byte[] {9}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("format 9")
        .hasMessageContaining("reads 1");
  }
}
