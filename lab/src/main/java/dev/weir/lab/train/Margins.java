package dev.weir.lab.train;

import dev.weir.model.numeric.Split;
import dev.weir.model.score.Scorer;
import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.XgboostJson;
import java.util.List;

/** Margins of members that did not see the row, by row; 0 for rows that no split judges. */
record Margins(float[][] byMember) {
  static Margins empty(int members, int rows) {
    return new Margins(new float[members][rows]);
  }

  /** The margins of one model on some rows. */
  static float[] of(Boosting.Model model, FeatureMatrix inputs, int[] rows) {
    TreeEnsemble single = TreeEnsemble.of(List.of(XgboostJson.read(model.file())));
    float[] input = new float[inputs.columns()];
    float[] margin = new float[1];
    float[] margins = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      inputs.read(rows[i], input);
      single.margins(input, margin);
      margins[i] = margin[0];
    }
    return margins;
  }

  /** Takes in what one member of a split's ensemble says of the rows that the split judges. */
  void put(int member, Split split, float[] margins) {
    for (int i = 0; i < margins.length; i++) {
      byMember[member][split.judged()[i]] = margins[i];
    }
  }

  /** By row, the mean over members, summed as in scoring. */
  double[] mean() {
    double[] mean = new double[byMember[0].length];
    float[] ofRow = new float[byMember.length];
    for (int row = 0; row < mean.length; row++) {
      for (int member = 0; member < ofRow.length; member++) {
        ofRow[member] = byMember[member][row];
      }
      mean[row] = Scorer.mean(ofRow);
    }
    return mean;
  }

  /** Of one row's, between members. */
  double variance(int row) {
    double sum = 0;
    for (float[] member : byMember) {
      sum += member[row];
    }
    double mean = sum / byMember.length;
    double squares = 0;
    for (float[] member : byMember) {
      squares += (member[row] - mean) * (member[row] - mean);
    }
    return squares / (byMember.length - 1);
  }
}
