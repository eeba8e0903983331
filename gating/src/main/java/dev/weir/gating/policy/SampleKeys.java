package dev.weir.gating.policy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The keys under which records are chosen for blind review, by the name a policy gives them. */
public final class SampleKeys {
  /** The key named {@code demo}, which everybody knows: for demos and tests, never for real use. */
  public static final SampleKeys DEMO =
      new SampleKeys(Map.of("demo", "weir demo audit sample".getBytes(StandardCharsets.UTF_8)));

  private final Map<String, byte[]> keys;

  public SampleKeys(Map<String, byte[]> keys) {
    this.keys = Map.copyOf(keys);
  }

  /** These and more; a name that is known already takes the new key. */
  public SampleKeys and(Map<String, byte[]> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<String, byte[]> all = new HashMap<>(keys);
    all.putAll(more);
    return new SampleKeys(all);
  }

  public Optional<byte[]> find(String name) {
    return Optional.ofNullable(keys.get(name)).map(byte[]::clone);
  }
}
