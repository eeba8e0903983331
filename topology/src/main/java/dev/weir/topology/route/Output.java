package dev.weir.topology.route;

import dev.weir.schemas.wire.Headers;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A record ready to be written. */
public record Output(Destination destination, Record<byte @Nullable [], byte @Nullable []> record) {
  private static final String NONE = "none";

  /** The text of a header of ours, as a dead letter's cause. */
  public String header(String name) {
    Header header = record.headers().lastHeader(name);
    return Headers.text(header == null ? null : header.value()).orElse(NONE);
  }

  /** The kind of an alert, with which its key begins. */
  public String alertKind() {
    String key = Headers.text(record.key()).orElse(NONE);
    int slash = key.indexOf('/');
    return slash < 0 ? NONE : key.substring(0, slash);
  }
}
