package dev.weir.topology.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schemas.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFactsTest {
  private static Received record(byte[] key, RawHeader... headers) {
    return new Received(5, 50, key, new byte[] {1}, List.of(headers));
  }

  private static RawHeader size(String text) {
    return new RawHeader(Headers.BATCH_SIZE, text.getBytes(StandardCharsets.UTF_8));
  }

  private static final byte[] KEY = {'b'};

  @ParameterizedTest
  @ValueSource(ints = {1, 9_999, 10_000})
  void of_goodSize_isAnnounced(int size) {
    Received record = record(KEY, size(Integer.toString(size)));

    assertThat(RecordFacts.of(record, 0).announced()).isEqualTo(OptionalInt.of(size));
    assertThat(RecordFacts.problem(record)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "10001", "five", "3.0", "99999999999999999999", " 3"})
  void of_badSize_isAProblemAndStillCounts(String text) {
    Received record = record(KEY, size(text));

    assertThat(RecordFacts.of(record, 0).announced()).isEmpty();
    assertThat(RecordFacts.of(record, 0).batch()).isEqualTo("b");
    assertThat(RecordFacts.problem(record)).hasValueSatisfying(problem -> {
      assertThat(problem.cause()).isEqualTo(Rejection.Cause.BAD_HEADER);
      assertThat(problem.message()).contains("'" + text + "'").contains("[1, 10000]");
    });
  }

  @Test
  void of_sizeWithoutAValue_isAProblem() {
    assertThat(RecordFacts.problem(record(KEY, new RawHeader(Headers.BATCH_SIZE, null))))
        .isPresent();
  }

  @Test
  void of_noKeyOrAnEmptyOne_isAloneWithoutAProblem() {
    assertThat(RecordFacts.of(record(null), 3).batch()).isEqualTo("@3/5");
    assertThat(RecordFacts.of(record(new byte[0]), 3).isAlone()).isTrue();
    assertThat(RecordFacts.problem(record(new byte[0]))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {RecordFacts.KEY_BYTES_MAX - 1, RecordFacts.KEY_BYTES_MAX})
  void of_longKey_isABatchId(int length) {
    assertThat(RecordFacts.of(record("k".repeat(length).getBytes(StandardCharsets.UTF_8)), 0)
            .isAlone())
        .isFalse();
  }

  @Test
  void of_keyTooLongOrNoText_isAloneWithAProblem() {
    Received tooLong = record(new byte[RecordFacts.KEY_BYTES_MAX + 1]);
    Received noText = record(new byte[] {(byte) 0xFF});

    assertThat(List.of(tooLong, noText)).allSatisfy(record -> {
      assertThat(RecordFacts.of(record, 0).isAlone()).isTrue();
      assertThat(RecordFacts.problem(record))
          .hasValueSatisfying(
              problem -> assertThat(problem.cause()).isEqualTo(Rejection.Cause.BAD_KEY));
    });
  }

  @Test
  void of_endHeaderWithoutValue_isAMarker() {
    assertThat(RecordFacts.of(record(KEY, new RawHeader(Headers.BATCH_END, null)), 0)
            .isEndMarker())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, false", "1, true"})
  void problem_bytesAtTheLimit_areTaken(int beyond, boolean isProblem) {
    byte[] value = new byte[CollectLimits.RECORD_BYTES_MAX - KEY.length + beyond];
    Received record = new Received(5, 50, KEY, value, List.of());

    assertThat(RecordFacts.problem(record).isPresent()).isEqualTo(isProblem);
  }
}
