package dev.weir.lab.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The world of payments: the committed file comes from it, and its probabilities are the truth. */
class PaymentWorldTest {
  private static final int COMMITTED_ROWS = 10_000;
  private static final long COMMITTED_SEED = 42;
  private static final Path COMMITTED = Path.of("..", "examples", "payments", "payments.csv");

  @TempDir
  Path directory;

  @Test
  void writeCsv_committedSeed_givesTheCommittedBytes() throws IOException {
    Path file = directory.resolve("payments.csv");
    PaymentWorld.writeCsv(file, PaymentWorld.rows(COMMITTED_ROWS, COMMITTED_SEED));
    assertThat(file)
        .as("weir world payments --records 10000 --seed 42 --out examples/payments/payments.csv")
        .hasSameBinaryContentAs(COMMITTED);
  }

  @Test
  void rows_fraud_isRareAndDrawnWithTheTrueProbability() {
    List<Payment> rows = PaymentWorld.rows(60_000, 3);
    double expected = rows.stream().mapToDouble(Payment::trueProbability).sum();
    double variance = rows.stream()
        .mapToDouble(row -> row.trueProbability() * (1 - row.trueProbability()))
        .sum();
    long frauds = rows.stream().filter(Payment::fraud).count();
    assertThat(frauds / 60_000.0).isBetween(0.01, 0.02);
    assertThat(Math.abs(frauds - expected)).isLessThan(4 * Math.sqrt(variance));
  }

  @Test
  void rows_anySeed_areInTheOrderOfTimeWithIdsOfTheirOwn() {
    List<Payment> rows = PaymentWorld.rows(2_000, 9);
    assertThat(rows).extracting(row -> row.cell("Time")).isSorted();
    assertThat(rows).extracting(Payment::id).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void rows_categoriesWithManyValues_areThere() {
    Set<String> merchants = new HashSet<>();
    PaymentWorld.rows(10_000, 1).forEach(row -> merchants.add(row.cell("Merchant")));
    assertThat(merchants).hasSizeGreaterThan(300);
  }

  @Test
  void rows_imputedFields_haveAValue() {
    List<Payment> rows = PaymentWorld.rows(5_000, 4);
    assertThat(rows).anyMatch(row -> !row.imputed().isEmpty());
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.imputed())
            .allSatisfy(field -> assertThat(row.cell(field)).isNotEmpty()));
  }
}
