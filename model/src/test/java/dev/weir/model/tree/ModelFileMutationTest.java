package dev.weir.model.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged files: each is refused with {@link UnreadableModel}, or the model read from it scores finite numbers. {@code
 * -Dweir.mutations} sets how many (20,000), {@code -Dweir.seed} which.
 */
@Tag("fuzz")
class ModelFileMutationTest {
  private static final int MUTATIONS = Integer.getInteger("weir.mutations", 20_000);
  private static final long SEED = Long.getLong("weir.seed", 20261101L);

  /** Files of one format and their reader. */
  private enum Format {
    XGBOOST(XgboostJson::read, "two-trees.json", "two-quantiles.json", "category.json"),
    LIGHTGBM(LightGbmText::read, "lightgbm.txt");

    final Function<byte[], TreeModel> reader;
    final String[] files;

    Format(Function<byte[], TreeModel> reader, String... files) {
      this.reader = reader;
      this.files = files;
    }
  }

  private static final String[] TOKENS = {
    "-1",
    "0",
    "1",
    "2147483647",
    "-2147483648",
    "1e39",
    "-3e38",
    "1e-46",
    "NaN",
    "Infinity",
    "\"\"",
    "null",
    "[]",
    "{}",
    "99999999999999999999",
    "true",
    ",",
    "]",
    "}",
    "\"",
    "0.1",
    "65536",
    "[[[[[[[[[[[[[[[[[["
  };

  @ParameterizedTest
  @EnumSource
  void read_mutatedFile_isRefusedOrScoresFinite(Format format) {
    Random random = new Random(SEED);
    int mutations = MUTATIONS / Format.values().length;
    int read = 0;
    for (int i = 0; i < mutations; i++) {
      byte[] file = ModelFiles.bytes(format.files[i % format.files.length]);
      int changes = 1 + random.nextInt(3);
      for (int change = 0; change < changes; change++) {
        file = mutated(file, random);
      }
      try {
        scoresFinite(format.reader.apply(file), "mutation " + i + " of -Dweir.seed=" + SEED);
        read++;
      } catch (UnreadableModel refusal) {
        assertThat(refusal.path()).isNotEmpty();
      } catch (RuntimeException wrong) {
        throw new AssertionError("mutation " + i + " of -Dweir.seed=" + SEED, wrong);
      }
    }
    assertThat(read).isBetween(mutations / 50, mutations * 9 / 10);
  }

  private static void scoresFinite(TreeModel model, String which) {
    if (model.featureCount() > 100) {
      return;
    }
    TreeEnsemble ensemble = TreeEnsemble.of(List.of(model));
    for (float value : new float[] {0, -3, 1.5f, 33, Float.NaN, Float.MAX_VALUE}) {
      float[] row = new float[model.featureCount()];
      Arrays.fill(row, value);
      float[] margins = new float[model.targetCount()];
      ensemble.margins(row, margins);
      for (float margin : margins) {
        assertThat(Float.isFinite(margin)).as(which).isTrue();
      }
      double[] shap = TreeShap.contributions(model, 0, row);
      double[] path = new double[model.featureCount()];
      PathAttribution.of(
              TreeEnsemble.of(List.of(model.onlyTarget(0))),
              IntStream.range(0, path.length).toArray(),
              path.length)
          .score(row, new float[1], path);
      assertThat(Arrays.stream(shap).allMatch(Double::isFinite)).as(which).isTrue();
      assertThat(Arrays.stream(path).allMatch(Double::isFinite)).as(which).isTrue();
    }
  }

  private static byte[] mutated(byte[] file, Random random) {
    if (file.length == 0) {
      return file;
    }
    if (random.nextInt(8) == 0) {
      byte[] flipped = file.clone();
      flipped[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      return flipped;
    }
    return mutated(new String(file, StandardCharsets.UTF_8), random)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String mutated(String text, Random random) {
    int at = random.nextInt(text.length());
    return switch (random.nextInt(6)) {
      case 0 ->
        text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(8)));
      case 1 -> text.substring(0, at) + (char) (32 + random.nextInt(95)) + text.substring(at + 1);
      case 2 -> text.substring(0, at) + TOKENS[random.nextInt(TOKENS.length)] + text.substring(at);
      case 3 -> {
        int from = random.nextInt(text.length());
        int length = Math.min(text.length() - from, random.nextInt(40));
        yield text.substring(0, at) + text.substring(from, from + length) + text.substring(at);
      }
      case 4 -> random.nextInt(8) == 0 ? text.substring(0, at) : withoutLine(text, at);
      default -> withNumberReplaced(text, at, TOKENS[random.nextInt(TOKENS.length)]);
    };
  }

  private static String withoutLine(String text, int at) {
    int from = text.lastIndexOf('\n', at) + 1;
    int to = text.indexOf('\n', at);
    return text.substring(0, from) + (to < from ? "" : text.substring(to + 1));
  }

  /** The text with the first number after {@code at} replaced. */
  private static String withNumberReplaced(String text, int at, String token) {
    int from = at;
    while (from < text.length() && "-0123456789".indexOf(text.charAt(from)) < 0) {
      from++;
    }
    int to = from;
    while (to < text.length() && "-+.eE0123456789".indexOf(text.charAt(to)) >= 0) {
      to++;
    }
    return text.substring(0, from) + token + text.substring(to);
  }
}
