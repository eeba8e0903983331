package dev.weir.model.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rows of any bits: missing, infinite, denormal, huge. Each scores finite numbers that add up. {@code
 * -Dweir.mutations} sets how many rows (20,000), {@code -Dweir.seed} which.
 */
@Tag("fuzz")
class HostileRowsTest {
  private static final int ROWS = Integer.getInteger("weir.mutations", 20_000);
  private static final long SEED = Long.getLong("weir.seed", 20261101L);
  private static final int ROWS_PER_MODEL = 500;
  private static final int FEATURES = 9;
  private static final int SOURCES = 4;

  private static final float[] EXTREMES = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-35f,
    -0f,
    0f,
    16_777_216,
    -1
  };

  @Test
  void score_anyRow_isFiniteAndAddsUp() {
    Random random = new Random(SEED);
    int[] sources =
        IntStream.range(0, FEATURES).map(feature -> feature % SOURCES).toArray();
    for (int done = 0; done < ROWS; done += ROWS_PER_MODEL) {
      RandomModels models = new RandomModels(SEED + done, FEATURES, random.nextBoolean());
      TreeEnsemble ensemble =
          TreeEnsemble.of(List.of(models.model(7, 5, 1), models.model(4, 6, 1)));
      PathAttribution attribution = PathAttribution.of(ensemble, sources, SOURCES);
      for (int i = 0; i < ROWS_PER_MODEL; i++) {
        check(ensemble, attribution, row(random), "row " + (done + i) + " of -Dweir.seed=" + SEED);
      }
    }
  }

  private static void check(
      TreeEnsemble ensemble, PathAttribution attribution, float[] row, String which) {
    float[] margins = new float[2];
    float[] again = new float[2];
    double[] contributions = new double[SOURCES];
    ensemble.margins(row, margins);
    attribution.score(row, again, contributions);
    double mean = ((double) margins[0] + margins[1]) / 2;
    double sum = attribution.bias() + Arrays.stream(contributions).sum();
    // AssertJ is too slow for a million rows.
    if (!Double.isFinite(mean) || !Arrays.equals(margins, again) || Math.abs(sum - mean) > 1e-5) {
      assertThat(row)
          .as("%s gives %s, %s and a sum of %s", which, mean, Arrays.toString(again), sum)
          .isNull();
    }
  }

  private static float[] row(Random random) {
    float[] row = new float[FEATURES];
    for (int i = 0; i < row.length; i++) {
      row[i] = switch (random.nextInt(3)) {
        case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
        case 1 -> Float.intBitsToFloat(random.nextInt());
        default -> random.nextInt(7) - 3;
      };
    }
    return row;
  }
}
