package dev.weir.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's single-object encoding: two marker bytes, the schema's CRC-64-AVRO fingerprint as eight
 * little-endian bytes, then the value.
 */
final class SingleObject {
  static final byte MARKER_FIRST = (byte) 0xC3;
  static final byte MARKER_SECOND = (byte) 0x01;
  private static final int HEADER_BYTES = 10;

  /* A decision with its raw values fits; a larger value grows the buffer. */
  private static final int EXPECTED_BYTES = 2048;

  private SingleObject() {}

  static boolean isMarked(byte[] bytes) {
    return bytes.length >= 2 && bytes[0] == MARKER_FIRST && bytes[1] == MARKER_SECOND;
  }

  static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  /** What comes before a value of a schema. */
  static byte[] header(Schema schema) {
    return header(fingerprint(schema));
  }

  private static byte[] header(long fingerprint) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MARKER_FIRST)
        .put(MARKER_SECOND)
        .putLong(fingerprint)
        .array();
  }

  static <T> byte[] encode(long fingerprint, DatumWriter<T> writer, T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(EXPECTED_BYTES);
    bytes.writeBytes(header(fingerprint));
    Encoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The value in {@code bytes}.
   *
   * @param what names the value in messages, with its article
   * @param readers by the fingerprint of the writer's schema
   * @throws UndecodableRecord whatever is wrong with the bytes
   */
  static <T> T decode(
      String what, byte @Nullable [] bytes, Map<Long, ? extends DatumReader<T>> readers) {
    if (bytes == null) {
      throw new UndecodableRecord("the value is null, not " + what);
    }
    if (bytes.length >= 5 && bytes[0] == 0) {
      throw new UndecodableRecord(String.format(
          Locale.ROOT,
          "a value of schema %d of a registry, and none is configured here; set registry.url",
          ByteBuffer.wrap(bytes).getInt(1)));
    }
    if (!isMarked(bytes) || bytes.length < HEADER_BYTES) {
      throw new UndecodableRecord(String.format(
          Locale.ROOT,
          "%d bytes beginning with %s are not %s in Avro's single-object encoding",
          bytes.length,
          beginning(bytes),
          what));
    }
    long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    DatumReader<T> reader = readers.get(fingerprint);
    if (reader == null) {
      throw new UndecodableRecord(String.format(
          Locale.ROOT,
          "the schema with fingerprint %016x is not known here as that of %s",
          fingerprint,
          what));
    }
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
    try {
      T value = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new UndecodableRecord(what + " is followed by more bytes");
      }
      return value;
    } catch (UndecodableRecord e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Avro names no common type for what damaged bytes make it throw.
      throw new UndecodableRecord(what + " is cut off or damaged: " + e, e);
    }
  }

  private static String beginning(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : Arrays.copyOf(bytes, Math.min(bytes.length, 4))) {
      text.append(String.format(Locale.ROOT, "%02x", b));
    }
    return text.isEmpty() ? "nothing" : text.toString();
  }

  /** The single-object encoding of one generated class. */
  static final class Of<T extends SpecificRecord> {
    static {
      GeneratedClasses.trust();
    }

    private final String what;
    private final long fingerprint;
    private final DatumWriter<T> writer;
    private final Map<Long, DatumReader<T>> readers = new HashMap<>();

    /**
     * @param what names the value in messages, with its article
     * @param current the generated class's schema
     * @param older schemas of earlier releases, which are still read
     */
    Of(String what, Schema current, List<Schema> older) {
      SpecificData model = SpecificData.getForSchema(current);
      this.what = what;
      this.fingerprint = SingleObject.fingerprint(current);
      this.writer = new SpecificDatumWriter<>(current, model);
      for (Schema schema : older) {
        readers.put(
            SingleObject.fingerprint(schema), new SpecificDatumReader<>(schema, current, model));
      }
      readers.put(fingerprint, new SpecificDatumReader<>(current, current, model));
    }

    Of(String what, Schema current) {
      this(what, current, List.of());
    }

    /** A schema of an earlier release, from the resource {@code NAME.avsc} beside this class. */
    static Schema older(String name) {
      try (InputStream file = SingleObject.class.getResourceAsStream(name + ".avsc")) {
        if (file == null) {
          throw new AssertionError("no schema " + name + " beside SingleObject");
        }
        return new Schema.Parser().parse(file);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read schema " + name, e);
      }
    }

    byte[] encode(T value) {
      return SingleObject.encode(fingerprint, writer, value);
    }

    T decode(byte @Nullable [] bytes) {
      return SingleObject.decode(what, bytes, readers);
    }
  }
}
