package dev.weir.topology.collect;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The two stores of open batches, in memory and changelogged; their names are interfaces. */
public final class CollectStores {
  /** One entry for each buffered record. */
  public static final String RECORDS = "open-records";

  /** One small entry for each open batch. */
  public static final String BATCHES = "open-batches";

  /** A buffered record and its headers may be this large, in its changelog as in the outputs. */
  public static final int RECORD_BYTES_MAX = 4 << 20;

  private static final Map<String, String> CHANGELOG = Map.of(
      // A record at the source topic's own limit needs room for what we write around it.
      TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
      Integer.toString(RECORD_BYTES_MAX),
      // Almost everything is deleted again soon; a restart reads what the cleaner has left.
      TopicConfig.SEGMENT_BYTES_CONFIG,
      Integer.toString(64 << 20),
      TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
      "0.1");

  private CollectStores() {}

  /** Builders for both stores. */
  public static Set<StoreBuilder<?>> builders() {
    return Set.of(builder(RECORDS, Serdes.Bytes()), builder(BATCHES, Serdes.String()));
  }

  private static <K> StoreBuilder<KeyValueStore<K, byte[]>> builder(String name, Serde<K> keys) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
        .withLoggingEnabled(CHANGELOG)
        .withCachingDisabled();
  }

  /** The changelog topic of {@link #RECORDS}, whose live keys are the open records. */
  public static String recordsChangelog(String applicationId) {
    return applicationId + "-" + RECORDS + "-changelog";
  }

  static KeyValueStore<Bytes, byte[]> records(
      org.apache.kafka.streams.processor.api.ProcessingContext context) {
    return context.getStateStore(RECORDS);
  }

  static KeyValueStore<String, byte[]> batches(
      org.apache.kafka.streams.processor.api.ProcessingContext context) {
    return context.getStateStore(BATCHES);
  }
}
