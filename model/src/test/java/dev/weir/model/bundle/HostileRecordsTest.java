package dev.weir.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Passengers;
import dev.weir.model.calibration.Beta;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Invalid;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.score.Score;
import dev.weir.model.tree.RandomModels;
import dev.weir.model.tree.XgboostFile;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Records with anything in any field: each is invalid with its errors named, or has a finite score.
 * {@code -Dweir.mutations} sets how many (20,000), {@code -Dweir.seed} which.
 */
@Tag("fuzz")
class HostileRecordsTest {
  private static final int RECORDS = Integer.getInteger("weir.mutations", 20_000);
  private static final long SEED = Long.getLong("weir.seed", 20261101L);

  private static final Object[] VALUES = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    Double.MIN_NORMAL,
    1e308,
    9e307,
    1e39,
    3.4028235e38,
    1e-300,
    1e-6,
    -0.0,
    0,
    -1,
    Long.MAX_VALUE,
    Integer.MIN_VALUE,
    true,
    false,
    "",
    " ",
    "NaN",
    "Earth",
    "Earth|Europa",
    "F/1e308/P",
    "F/-1/P",
    "/",
    "F/1/P/1",
    "\uD800",
    "\u0000",
    "x".repeat(300),
    List.of()
  };

  @Test
  void read_anyRecord_isInvalidOrScoresFinite() {
    Random random = new Random(SEED);
    Bundle bundle = bundle();
    RecordSheet sheet = bundle.sheet();
    int scored = 0;
    for (int i = 0; i < RECORDS; i++) {
      String which = "record " + i + " of -Dweir.seed=" + SEED;
      Parsed parsed = record(random);
      if (parsed instanceof RawRecord record) {
        bundle.read(record, sheet);
        check(sheet.score().score(), which);
        scored++;
      } else {
        assertThat(((Invalid) parsed).violations()).as(which).isNotEmpty();
      }
    }
    assertThat(scored).isBetween(RECORDS / 20, RECORDS * 19 / 20);
  }

  private static void check(Score score, String which) {
    double[] probabilities = {score.pModel(), score.pGlm(), score.agreement(), score.p10()};
    boolean sound = Double.isFinite(score.margin())
        && Arrays.stream(score.contributions()).allMatch(Double::isFinite)
        && Arrays.stream(score.memberProbabilities()).allMatch(p -> p >= 0 && p <= 1)
        && Arrays.stream(probabilities).allMatch(p -> p >= 0 && p <= 1)
        && score.p10() <= score.p50()
        && score.p50() <= score.p90()
        && score.p90() <= 1;
    if (!sound) {
      assertThat(score).as(which).isNull();
    }
  }

  private static Parsed record(Random random) {
    Passengers.Builder builder = Passengers.record();
    List<Field> fields = Passengers.DOMAIN.fields();
    if (random.nextInt(8) == 0) {
      builder.spending(huge(random), huge(random), 0, huge(random), huge(random));
    }
    int changes = 1 + random.nextInt(6);
    for (int change = 0; change < changes; change++) {
      Field field = fields.get(random.nextInt(fields.size()));
      switch (random.nextInt(6)) {
        case 0 -> builder.missing(field.name());
        case 1 -> builder.marked(field.name());
        default -> builder.with(field.name(), value(field, random));
      }
    }
    return random.nextInt(4) == 0 ? builder.parseText() : builder.parse();
  }

  /** Amounts whose sum a double may not hold. */
  private static double huge(Random random) {
    return random.nextBoolean() ? Double.MAX_VALUE : 9e307 * random.nextDouble();
  }

  private static @Nullable Object value(Field field, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> VALUES[random.nextInt(VALUES.length)];
      case 2 -> Double.longBitsToDouble(random.nextLong());
      default ->
        switch (field.kind()) {
          case NUMBER, TIMESTAMP -> Math.abs(Double.longBitsToDouble(random.nextLong()));
          case BOOLEAN -> random.nextBoolean();
          default -> "c" + random.nextInt(3);
        };
    };
  }

  private static Bundle bundle() {
    return PassengerBundle.of(
        List.of(
            XgboostFile.of(new RandomModels(1, PassengerBundle.COLUMNS, true).model(5, 4, 1)),
            XgboostFile.of(new RandomModels(2, PassengerBundle.COLUMNS, true).model(5, 4, 1))),
        XgboostFile.of(new RandomModels(3, PassengerBundle.QUANTILE_COLUMNS, true).model(4, 4, 2)),
        new Beta(0.9, 1.1, 0));
  }
}
