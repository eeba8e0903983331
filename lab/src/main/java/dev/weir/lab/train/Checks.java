package dev.weir.lab.train;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.numeric.Split;
import dev.weir.model.reference.Coding;
import dev.weir.model.reference.DriftStatistics;
import dev.weir.model.reference.DriftTable;
import dev.weir.model.reference.Frequencies;
import dev.weir.model.reference.PairCounts;
import dev.weir.model.reference.Surprise;
import dev.weir.model.reference.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The tables by which broken input is noticed. They read no label. */
record Checks(PairCounts pairs, Surprise surprise, DriftTable drift) {
  static Checks learn(
      DomainDefinition definition,
      Vocabulary vocabulary,
      Frequencies frequencies,
      List<RawRecord> records,
      Folds folds,
      TrainingSettings settings) {
    int[] rows = folds.sample(settings.rowsMax(), settings.seed());
    List<RawRecord> sampled = IntStream.of(rows).mapToObj(records::get).toList();
    List<Split> splits = folds.among(rows);
    Coding coding = Coding.learn(definition.domain(), vocabulary, sampled);
    int[][] codes = new int[rows.length][coding.attributes()];
    for (int i = 0; i < rows.length; i++) {
      coding.code(sampled.get(i), sampled.get(i).observed(), codes[i]);
    }
    int[] groupOfRow = Picked.of(folds.groupOfRow(), rows);
    SurpriseFit fit = SurpriseFit.of(coding, codes, groupOfRow, splits);
    DriftStatistics statistics = new DriftStatistics(
        definition.domain(), definition.imputation().stratum(), vocabulary, frequencies, fit.all());
    return new Checks(
        PairCounts.learn(definition.domain(), vocabulary, records),
        fit.all(),
        DriftFit.learn(
            statistics, numbers(statistics, sampled, fit, splits), groupOfRow, settings.seed()));
  }

  /** Surprises by trees that did not see the row; none where no split judges it. */
  private static double[][] numbers(
      DriftStatistics statistics, List<RawRecord> records, SurpriseFit fit, List<Split> splits) {
    double[][] numbers = new double[records.size()][statistics.size()];
    int[] codes = statistics.codes();
    Surprise nothing = Surprise.none(fit.all().coding());
    for (int row = 0; row < numbers.length; row++) {
      statistics.read(records.get(row), nothing, codes, numbers[row]);
    }
    for (int split = 0; split < splits.size(); split++) {
      for (int row : splits.get(split).judged()) {
        Arrays.fill(numbers[row], Double.NaN);
        statistics.read(records.get(row), fit.bySplit().get(split), codes, numbers[row]);
      }
    }
    return numbers;
  }
}
