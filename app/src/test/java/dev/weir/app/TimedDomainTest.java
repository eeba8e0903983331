package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A domain whose records have a time: trained forward, decided, verified. */
class TimedDomainTest {
  private static final int ROWS = 500;

  @TempDir
  Path directory;

  private Path domain() throws IOException {
    return Files.writeString(directory.resolve("timed.yaml"), """
        domain: timed
        format: 1
        fields:
          - {name: Id, kind: text, role: id}
          - {name: Seller, kind: text, role: group}
          - {name: Listed, kind: timestamp, role: time}
          - {name: Price, kind: number}
          - {name: Kind, kind: category}
          - {name: Sold, kind: boolean, role: label}
        flags:
          no_price: {anyMissing: [Price]}
        """);
  }

  /** Every fifth row has no seller. */
  private Path data() throws IOException {
    List<String> lines = new ArrayList<>(List.of("Id,Seller,Listed,Price,Kind,Sold"));
    for (int i = 0; i < ROWS; i++) {
      int price = i * 37 % 101;
      boolean sold = price + i * 53 % 60 < 80;
      lines.add(String.join(
          ",",
          "r" + i,
          i % 5 == 0 ? "" : "s" + i / 3,
          String.valueOf(1_700_000_000_000L + i * 60_000L),
          i % 20 == 0 ? "" : String.valueOf(price),
          i % 3 == 0 ? "book" : "game",
          String.valueOf(sold)));
    }
    return Files.write(directory.resolve("timed.csv"), lines);
  }

  @Test
  void train_domainWithTime_makesABundleThatDecidesAndVerifies() throws IOException {
    Path data = data();
    Path bundle = directory.resolve("bundle");

    Run training = Run.of("train", "--domain", domain(), "--data", data, "--out", bundle);

    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.errLines())
        .as("before training, while it can still be stopped")
        .startsWith(
            "weir: 100 of 500 rows of " + data + " have no Seller; each counts as a group of"
                + " its own, so rows that belong together may be fitted to and judged by one another,"
                + " which flatters every figure");
    assertThat(directory.resolve("bundle.report.html"))
        .content()
        .doesNotContain("NaN")
        .contains("carries a little of the future back");
    Path policy = Files.writeString(
        directory.resolve("policy.yaml"),
        Files.readString(Payments.POLICY)
            .replaceFirst("scope: .*", "scope: timed")
            .replaceFirst("union: .*", "union: [no_price]")
            .replace("betaFlag: burst", "betaFlag: no_price"));
    Path out = directory.resolve("timed.jsonl");
    Run decided = Run.of(
        "decide",
        "--bundle",
        bundle,
        "--policy",
        policy,
        "--data",
        data,
        "--batch-by",
        10,
        "--out",
        out);
    assertThat(decided.code()).as(decided.err()).isZero();
    Run verified = Run.of("verify", "--bundle", bundle, "--policy", policy, "--decisions", out);
    assertThat(verified.code()).as(verified.err()).isZero();
    assertThat(verified.out()).contains("every one recomputed to the bit");
  }
}
