package dev.weir.model.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Damaged files: each is refused with {@link UnreadableModel}, or the model read from it scores finite numbers. {@code
 * -Dweir.mutations} sets how many (20,000), {@code -Dweir.seed} which.
 */
class XgboostJsonMutationTest {
  private static final int MUTATIONS = Integer.getInteger("weir.mutations", 20_000);
  private static final long SEED = Long.getLong("weir.seed", 20261101L);
  private static final String[] FILES = {"two-trees.json", "two-quantiles.json", "category.json"};
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

  @Test
  void read_mutatedFile_isRefusedOrScoresFinite() {
    Random random = new Random(SEED);
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] json = ModelFiles.bytes(FILES[i % FILES.length]);
      int changes = 1 + random.nextInt(3);
      for (int change = 0; change < changes; change++) {
        json = mutated(json, random);
      }
      try {
        scoresFinite(XgboostJson.read(json), "mutation " + i + " of -Dweir.seed=" + SEED);
        read++;
      } catch (UnreadableModel refusal) {
        assertThat(refusal.path()).isNotEmpty();
      }
    }
    assertThat(read).isBetween(MUTATIONS / 50, MUTATIONS * 9 / 10);
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

  private static byte[] mutated(byte[] json, Random random) {
    String text = new String(json, StandardCharsets.UTF_8);
    int at = random.nextInt(text.length());
    String mutated = switch (random.nextInt(5)) {
      case 0 ->
        text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(8)));
      case 1 -> text.substring(0, at) + (char) (32 + random.nextInt(95)) + text.substring(at + 1);
      case 2 -> text.substring(0, at) + TOKENS[random.nextInt(TOKENS.length)] + text.substring(at);
      case 3 -> {
        int from = random.nextInt(text.length());
        int length = Math.min(text.length() - from, random.nextInt(40));
        yield text.substring(0, at) + text.substring(from, from + length) + text.substring(at);
      }
      default -> withNumberReplaced(text, at, TOKENS[random.nextInt(TOKENS.length)]);
    };
    return mutated.getBytes(StandardCharsets.UTF_8);
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
