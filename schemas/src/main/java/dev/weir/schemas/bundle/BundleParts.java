package dev.weir.schemas.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A bundle's files as parts that fit into Kafka records, and back.
 *
 * <p>The content is all files in the order of their names, one after the other, cut every {@value
 * #PART_BYTES} bytes into the parts 1, 2, …. Part 0, the index, is canonical JSON that says where to
 * cut them apart: {@code {"files":{"facts.json":812,…},"partBytes":524288}}. The same files always give
 * the same parts, so that pushing a bundle twice changes nothing.
 *
 * <p>This class collects the parts of one bundle in any order, the last one of a number wins. For one
 * thread.
 */
public final class BundleParts {
  /** Half of what a broker takes by default. */
  public static final int PART_BYTES = 524_288;

  /** The largest bundle that is taken, in bytes: it is held in memory while its parts come. */
  public static final long BYTES_MAX = 256L << 20;

  private static final String MANIFEST = "manifest.json";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int PARTS_MAX = (int) (BYTES_MAX / PART_BYTES);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Fingerprint bundle;
  private final Map<Integer, byte[]> parts = new TreeMap<>();

  /** @param bundle whose parts are collected */
  public BundleParts(Fingerprint bundle) {
    this.bundle = bundle;
  }

  /**
   * The parts of files, by their number.
   *
   * @throws IllegalArgumentException if they are more than {@value #BYTES_MAX} bytes, or a name is not
   *     a plain file's
   */
  public static List<byte[]> split(SortedMap<String, byte[]> files) {
    long total = files.values().stream().mapToLong(content -> content.length).sum();
    requireBounds(total);
    ObjectNode index = JsonNodeFactory.instance.objectNode();
    byte[] all = new byte[(int) total];
    int at = 0;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      requireName(file.getKey());
      index.withObject("/files").put(file.getKey(), file.getValue().length);
      System.arraycopy(file.getValue(), 0, all, at, file.getValue().length);
      at += file.getValue().length;
    }
    index.put("partBytes", PART_BYTES);
    List<byte[]> parts = new ArrayList<>();
    parts.add(CanonicalJson.of(index).getBytes(StandardCharsets.UTF_8));
    for (int from = 0; from < all.length; from += PART_BYTES) {
      parts.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + PART_BYTES)));
    }
    return parts;
  }

  private static void requireBounds(long total) {
    if (total > BYTES_MAX) {
      throw new IllegalArgumentException(
          "it has " + total + " bytes, limit " + BYTES_MAX + "; copy it into bundlesDir instead");
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a bundle's file");
    }
  }

  /** Takes a part; whether anything is new by it. */
  public boolean add(PartKey key, byte[] content) {
    if (!key.bundle().equals(bundle) || key.part() > PARTS_MAX || content.length > 2 * PART_BYTES) {
      return false;
    }
    return !Arrays.equals(parts.put(key.part(), content), content);
  }

  /**
   * The files, if all parts are here.
   *
   * @throws IllegalArgumentException if the parts do not fit together, or are of another bundle: then
   *     the manifest has another fingerprint
   */
  public Optional<SortedMap<String, byte[]>> files() {
    byte[] index = parts.get(0);
    if (index == null) {
      return Optional.empty();
    }
    SortedMap<String, Integer> lengths = lengths(json(index));
    int total = lengths.values().stream().mapToInt(length -> length).sum();
    Optional<byte[]> content = content(total);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    int at = 0;
    for (Map.Entry<String, Integer> file : lengths.entrySet()) {
      files.put(file.getKey(), Arrays.copyOfRange(content.get(), at, at + file.getValue()));
      at += file.getValue();
    }
    requireFingerprint(files);
    return Optional.of(files);
  }

  private static JsonNode json(byte[] index) {
    try {
      return JSON.readTree(index);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("its part 0 is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<String, Integer> lengths(JsonNode index) {
    if (index.path("partBytes").asInt() != PART_BYTES) {
      throw new IllegalArgumentException("its part 0 has partBytes " + index.path("partBytes")
          + ", this engine reads " + PART_BYTES);
    }
    SortedMap<String, Integer> lengths = new TreeMap<>();
    long total = 0;
    for (Map.Entry<String, JsonNode> file : index.path("files").properties()) {
      requireName(file.getKey());
      if (!file.getValue().canConvertToInt() || file.getValue().intValue() < 0) {
        throw new IllegalArgumentException(
            "its part 0 gives " + file.getKey() + " the length " + file.getValue());
      }
      lengths.put(file.getKey(), file.getValue().intValue());
      total += file.getValue().intValue();
    }
    requireBounds(total);
    return lengths;
  }

  private Optional<byte[]> content(int total) {
    int needed = (total + PART_BYTES - 1) / PART_BYTES;
    for (int number = 1; number <= needed; number++) {
      if (!parts.containsKey(number)) {
        return Optional.empty();
      }
    }
    byte[] all = new byte[total];
    for (int number = 1; number <= needed; number++) {
      byte[] part = parts.getOrDefault(number, new byte[0]);
      int from = (number - 1) * PART_BYTES;
      int length = Math.min(PART_BYTES, total - from);
      if (part.length != length) {
        throw new IllegalArgumentException(
            "its part " + number + " has " + part.length + " bytes and must have " + length);
      }
      System.arraycopy(part, 0, all, from, length);
    }
    return Optional.of(all);
  }

  private void requireFingerprint(SortedMap<String, byte[]> files) {
    byte[] manifest = files.get(MANIFEST);
    if (manifest == null) {
      throw new IllegalArgumentException("its parts hold no " + MANIFEST);
    }
    Fingerprint found = Fingerprint.of(manifest);
    if (!found.equals(bundle)) {
      throw new IllegalArgumentException(
          "its parts are of another bundle: " + MANIFEST + " has the fingerprint " + found);
    }
  }
}
