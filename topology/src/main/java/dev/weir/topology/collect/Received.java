package dev.weir.topology.collect;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came in, nothing read from it yet.
 *
 * @param timestamp of the Kafka record, epoch milliseconds
 */
public record Received(
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<RawHeader> headers) {
  public Received {
    headers = List.copyOf(headers);
  }

  static Received of(Record<byte[], byte[]> record, long offset) {
    return new Received(
        offset, record.timestamp(), record.key(), record.value(), raw(record.headers()));
  }

  private static List<RawHeader> raw(Headers headers) {
    Header[] all = headers.toArray();
    return java.util.Arrays.stream(all)
        .map(header -> new RawHeader(header.key(), header.value()))
        .toList();
  }

  /** The last header of a name, as Kafka's own {@code lastHeader}. */
  Optional<RawHeader> header(String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (headers.get(i).name().equals(name)) {
        return Optional.of(headers.get(i));
      }
    }
    return Optional.empty();
  }

  /** The bytes of key, value and headers. */
  long bytes() {
    long bytes = length(key) + length(value);
    for (RawHeader header : headers) {
      bytes += header.name().length() + length(header.value());
    }
    return bytes;
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
