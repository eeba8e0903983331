package dev.weir.topology.collect;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores of open batches, in memory and changelogged; their names are interfaces. */
public final class CollectStores {
  /** One entry for each buffered record. */
  public static final String RECORDS = "open-records";

  /** The record ids that are remembered, where dedupe is on. */
  public static final String SEEN = "seen-records";

  /** A buffered record and its headers may be this large, in its changelog as in the outputs. */
  public static final int RECORD_BYTES_MAX = 4 << 20;

  private static final Map<String, String> CHANGELOG = Map.of(
      // A record at the source topic's own limit needs room for what we write around it.
      TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
      Integer.toString(RECORD_BYTES_MAX),
      // Almost everything is deleted again soon; a restart reads what the cleaner has left.
      TopicConfig.SEGMENT_BYTES_CONFIG,
      Integer.toString(32 << 20),
      // A deletion need not be told longer than one restore takes: after a day, the default, a busy
      // gate would have millions of them to read.
      TopicConfig.DELETE_RETENTION_MS_CONFIG,
      "600000",
      TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
      "0.1");

  private CollectStores() {}

  /** Builders for those that are needed. */
  static Set<StoreBuilder<?>> builders(CollectLimits limits) {
    return limits.isDeduping() ? Set.of(builder(RECORDS), builder(SEEN)) : Set.of(builder(RECORDS));
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(CHANGELOG)
        .withCachingDisabled();
  }

  /** The changelog topic of {@link #RECORDS}, whose live keys are the open records. */
  public static String recordsChangelog(String applicationId) {
    return applicationId + "-" + RECORDS + "-changelog";
  }

  static RecordStore records(ProcessingContext context) {
    return new RecordStore(context.getStateStore(RECORDS), context.taskId().partition());
  }

  static Optional<SeenRecords> seen(ProcessingContext context, CollectLimits limits) {
    return limits.isDeduping()
        ? Optional.of(new SeenRecords(context.getStateStore(SEEN), limits.dedupeRecordsMax()))
        : Optional.empty();
  }
}
