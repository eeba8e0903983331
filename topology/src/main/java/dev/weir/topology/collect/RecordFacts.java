package dev.weir.topology.collect;

import dev.weir.schemas.wire.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What collecting needs to know of a record.
 *
 * @param batch the batch it belongs to; a record without a key has one to itself
 * @param isAlone whether it has no key, or none that can name a batch
 * @param bytes of key, value and headers
 * @param announced how many records its batch will have, if it says so
 * @param isEndMarker whether it ends its batch and is no record itself
 */
record RecordFacts(
    String batch,
    boolean isAlone,
    long offset,
    long timestamp,
    long bytes,
    OptionalInt announced,
    boolean isEndMarker) {
  /** More bytes in a key are no batch id. */
  static final int KEY_BYTES_MAX = 1_024;

  static RecordFacts of(Received record, int partition) {
    Optional<String> key = batchId(record);
    return new RecordFacts(
        key.orElse("@" + partition + "/" + record.offset()),
        key.isEmpty(),
        record.offset(),
        record.timestamp(),
        record.bytes(),
        announced(record),
        record.header(Headers.BATCH_END).isPresent());
  }

  /** What is wrong with a record before anybody reads its value. */
  static Optional<Rejection> problem(Received record) {
    if (record.bytes() > CollectLimits.RECORD_BYTES_MAX) {
      return Optional.of(new Rejection(
          Rejection.Cause.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "the record has %d bytes, limit %d; send less text or leave out what nobody decides on",
              record.bytes(),
              CollectLimits.RECORD_BYTES_MAX)));
    }
    byte[] key = record.key();
    if (key != null && key.length > 0 && batchId(record).isEmpty()) {
      return Optional.of(new Rejection(
          Rejection.Cause.BAD_KEY,
          String.format(
              Locale.ROOT,
              "the key has %d bytes; a batch id is UTF-8 text of at most %d bytes",
              key.length,
              KEY_BYTES_MAX)));
    }
    if (record.header(Headers.BATCH_SIZE).isPresent() && announced(record).isEmpty()) {
      return Optional.of(new Rejection(
          Rejection.Cause.BAD_HEADER,
          String.format(
              Locale.ROOT,
              "%s '%s' is not a whole number in [1, %d]",
              Headers.BATCH_SIZE,
              sizeText(record),
              CollectLimits.RECORDS_HARD_MAX)));
    }
    return Optional.empty();
  }

  private static Optional<String> batchId(Received record) {
    byte[] key = record.key();
    if (key == null || key.length == 0 || key.length > KEY_BYTES_MAX) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static OptionalInt announced(Received record) {
    OptionalLong size = record
        .header(Headers.BATCH_SIZE)
        .map(header -> Headers.number(header.value()))
        .orElse(OptionalLong.empty());
    return size.isPresent()
            && size.getAsLong() >= 1
            && size.getAsLong() <= CollectLimits.RECORDS_HARD_MAX
        ? OptionalInt.of((int) size.getAsLong())
        : OptionalInt.empty();
  }

  private static String sizeText(Received record) {
    return record
        .header(Headers.BATCH_SIZE)
        .flatMap(header -> Headers.text(header.value()))
        .orElse("");
  }
}
