package dev.weir.schemas.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.model.bundle.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundlePartsTest {
  private static final byte[] MANIFEST = bytes("{\"format\":3}");
  private static final Fingerprint BUNDLE = Fingerprint.of(MANIFEST);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SortedMap<String, byte[]> files(int modelBytes) {
    byte[] model = new byte[modelBytes];
    new Random(modelBytes).nextBytes(model);
    return new TreeMap<>(
        Map.of("manifest.json", MANIFEST, "a.json", new byte[0], "member-00.json", model));
  }

  private static BundleParts collected(List<byte[]> parts) {
    BundleParts collected = new BundleParts(BUNDLE);
    for (int number = parts.size() - 1; number >= 0; number--) {
      collected.add(new PartKey(BUNDLE, number), parts.get(number));
    }
    return collected;
  }

  @Test
  void split_smallBundle_isAnIndexAndOnePart() {
    List<byte[]> parts = BundleParts.split(files(3));

    assertThat(parts).hasSize(2);
    assertThat(new String(parts.get(0), StandardCharsets.UTF_8))
        .isEqualTo("{\"files\":{\"a.json\":0,\"manifest.json\":12,\"member-00.json\":3},"
            + "\"partBytes\":524288}");
    assertThat(parts.get(1)).startsWith(MANIFEST).hasSize(15);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 524_275, 524_276, 524_277, 1_500_000})
  void files_inAnyOrder_areThoseThatWereSplit(int modelBytes) {
    SortedMap<String, byte[]> files = files(modelBytes);
    List<byte[]> parts = BundleParts.split(files);

    assertThat(parts).allMatch(part -> part.length <= 524_288);
    assertThat(parts).hasSize(1 + (modelBytes + 12 + 524_287) / 524_288);
    SortedMap<String, byte[]> found = collected(parts).files().orElseThrow();
    assertThat(found.keySet()).isEqualTo(files.keySet());
    files.forEach((name, content) -> assertThat(found.get(name)).as(name).isEqualTo(content));
  }

  @Test
  void files_untilTheLastPartHasCome_areNone() {
    List<byte[]> parts = BundleParts.split(files(600_000));
    for (int left = 0; left < parts.size(); left++) {
      BundleParts collected = new BundleParts(BUNDLE);
      for (int number = 0; number < parts.size(); number++) {
        if (number != left) {
          collected.add(new PartKey(BUNDLE, number), parts.get(number));
        }
      }
      assertThat(collected.files()).as("without part " + left).isEmpty();
      collected.add(new PartKey(BUNDLE, left), parts.get(left));
      assertThat(collected.files()).isPresent();
    }
  }

  @Test
  void add_samePartOrAnotherBundles_isNoNews() {
    BundleParts collected = collected(BundleParts.split(files(3)));

    assertThat(collected.add(new PartKey(BUNDLE, 1), BundleParts.split(files(3)).get(1)))
        .isFalse();
    assertThat(collected.add(new PartKey(Fingerprint.of("x"), 1), new byte[9])).isFalse();
    assertThat(collected.add(new PartKey(BUNDLE, 1), new byte[9])).isTrue();
  }

  @Test
  void files_wrongPart_areRefusedUntilTheRightOneComes() {
    List<byte[]> parts = BundleParts.split(files(3));
    BundleParts collected = collected(parts);
    collected.add(new PartKey(BUNDLE, 1), new byte[9]);
    assertThatIllegalArgumentException()
        .isThrownBy(collected::files)
        .withMessage("its part 1 has 9 bytes and must have 15");

    collected.add(new PartKey(BUNDLE, 1), new byte[15]);
    assertThatIllegalArgumentException()
        .isThrownBy(collected::files)
        .withMessageContaining("its parts are of another bundle");

    collected.add(new PartKey(BUNDLE, 1), parts.get(1));
    assertThat(collected.files()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "{\"files\":{},\"partBytes\":524288}",
        "{\"files\":{\"manifest.json\":12},\"partBytes\":10}",
        "{\"files\":{\"manifest.json\":-1},\"partBytes\":524288}",
        "{\"files\":{\"manifest.json\":1.5},\"partBytes\":524288}",
        "{\"files\":{\"../../manifest.json\":12},\"partBytes\":524288}",
        "{\"files\":{\".hidden\":12},\"partBytes\":524288}",
        "{\"files\":{\"a\":2147483647,\"b\":2147483647},\"partBytes\":524288}"
      })
  void files_wrongIndex_areRefused(String index) {
    BundleParts collected = collected(BundleParts.split(files(3)));
    collected.add(new PartKey(BUNDLE, 0), bytes(index));

    assertThatIllegalArgumentException().isThrownBy(collected::files);
  }

  @Test
  void split_nameThatIsAPath_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleParts.split(new TreeMap<>(Map.of("a/b", new byte[1]))));
  }

  @Test
  void key_asBytes_isReadBack() {
    PartKey key = new PartKey(BUNDLE, 12);

    assertThat(PartKey.parse(key.bytes())).contains(key);
    for (String wrong : List.of(
        "",
        BUNDLE.hex(),
        BUNDLE + "/",
        BUNDLE + "/01",
        BUNDLE + "/-1",
        BUNDLE + "/12345",
        BUNDLE.hex().toUpperCase(java.util.Locale.ROOT) + "/1")) {
      assertThat(PartKey.parse(bytes(wrong))).as(wrong).isEmpty();
    }
    assertThat(PartKey.parse(null)).isEmpty();
  }
}
