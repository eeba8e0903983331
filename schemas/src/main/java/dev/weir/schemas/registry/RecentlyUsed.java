package dev.weir.schemas.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** So many entries, of which the one unused the longest gives way. Threads may share it. */
final class RecentlyUsed<K, V> {
  private final Map<K, V> entries;

  RecentlyUsed(int entriesMax) {
    this.entries = new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > entriesMax;
      }
    };
  }

  synchronized Optional<V> find(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
  }
}
