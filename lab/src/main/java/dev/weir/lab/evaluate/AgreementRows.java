package dev.weir.lab.evaluate;

import dev.weir.gating.decision.Decision;
import dev.weir.lab.judge.Judged;
import dev.weir.model.metric.WilsonInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** How often the model errs where other models agree with it, and where they do not. */
final class AgreementRows {
  private static final int PARTS = 10;

  private AgreementRows() {}

  /** Tenths of the rows by the fallback's difference, then the rows of each share of agreeing members. */
  static List<Evaluation.AgreementRow> of(Judged judged, List<Decision> decisions) {
    List<Evaluation.AgreementRow> rows = new ArrayList<>();
    IntToDoubleFunction apart =
        row -> Math.abs(judged.rows().pModel()[row] - judged.rows().pGlm()[row]);
    int[] ordered = Arrays.stream(judged.all())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer row) -> apart.applyAsDouble(row))
            .thenComparing(Comparator.naturalOrder()))
        .mapToInt(Integer::intValue)
        .toArray();
    int parts = Math.min(PARTS, ordered.length);
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) ordered.length * i / parts);
      int to = (int) ((long) ordered.length * (i + 1) / parts);
      rows.add(row("fallback", judged, Arrays.copyOfRange(ordered, from, to), apart));
    }
    TreeMap<Double, List<Integer>> byShare = new TreeMap<>();
    for (int row = 0; row < decisions.size(); row++) {
      byShare
          .computeIfAbsent(decisions.get(row).score().agreement(), share -> new ArrayList<>())
          .add(row);
    }
    byShare.forEach((share, members) -> rows.add(row(
        "members", judged, members.stream().mapToInt(Integer::intValue).toArray(), row -> share)));
    return rows;
  }

  private static Evaluation.AgreementRow row(
      String model, Judged judged, int[] rows, IntToDoubleFunction figure) {
    int wrong = (int) Arrays.stream(rows).filter(judged::isWrong).count();
    return new Evaluation.AgreementRow(
        model,
        Arrays.stream(rows).mapToDouble(figure).min().orElse(0),
        Arrays.stream(rows).mapToDouble(figure).max().orElse(0),
        rows.length,
        wrong / (double) rows.length,
        WilsonInterval.of(wrong, rows.length, Judged.Z),
        Judged.mean(rows, judged::expectedError));
  }
}
