package dev.weir.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DiscriminationPropertiesTest {

  @Property(tries = 300)
  void auc_anyRows_isTheShareOfPairsWon(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rows) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = random.doubles(rows).map(score -> Math.rint(score * 6)).toArray();
    double[] weights =
        random.doubles(rows).map(weight -> Math.max(0, weight - 0.2)).toArray();
    boolean[] labels = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = random.nextBoolean();
    }
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        if (labels[i] && !labels[j]) {
          double pair = weights[i] * weights[j];
          won += pair * (scores[i] > scores[j] ? 1 : scores[i] < scores[j] ? 0 : 0.5);
          pairs += pair;
        }
      }
    }
    if (pairs > 0) {
      assertThat(Discrimination.auc(scores, labels, weights).orElseThrow())
          .isCloseTo(won / pairs, within(1e-12));
    } else {
      assertThat(Discrimination.auc(scores, labels, weights)).isEmpty();
    }
  }
}
