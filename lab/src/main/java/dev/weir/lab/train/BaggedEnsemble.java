package dev.weir.lab.train;

import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.TreeModel;
import dev.weir.model.tree.XgboostJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Members of an ensemble, each trained on a bootstrap of whole groups. */
record BaggedEnsemble(List<byte[]> files, TreeEnsemble ensemble) {
  BaggedEnsemble {
    files = List.copyOf(files);
  }

  static BaggedEnsemble of(List<byte[]> files) {
    List<TreeModel> models = files.stream().map(XgboostJson::read).toList();
    return new BaggedEnsemble(files, TreeEnsemble.of(models));
  }

  /**
   * One member: a bootstrap of the groups among the given rows, which have both classes, and a
   * model of it. A bootstrap of one class is drawn again; XGBoost cannot learn from it.
   */
  static byte[] member(TrainingTable table, int[] rows, TrainingSettings settings, long seed) {
    int[] groups =
        Arrays.stream(rows).map(i -> table.folds().groupOfRow()[i]).distinct().toArray();
    SplittableRandom random = new SplittableRandom(seed);
    int[] drawn = bootstrap(groups, table.folds().groups(), random);
    int[] chosen = chosen(table, rows, drawn);
    while (!table.hasBothClasses(chosen)) {
      drawn = bootstrap(groups, table.folds().groups(), random);
      chosen = chosen(table, rows, drawn);
    }
    List<float[]> inputs = new ArrayList<>();
    float[] targets = new float[chosen.length];
    float[] weights = new float[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      inputs.add(table.inputs()[chosen[i]]);
      targets[i] = table.labels()[chosen[i]] ? 1 : 0;
      weights[i] = drawn[table.folds().groupOfRow()[chosen[i]]];
    }
    return Boosting.train(
        new Boosting.Examples(inputs, targets, weights),
        Map.of(
            "objective",
            "binary:logistic",
            "max_depth",
            settings.depth(),
            "eta",
            settings.learningRate(),
            "min_child_weight",
            3,
            "lambda",
            2,
            "subsample",
            0.8,
            "colsample_bytree",
            0.6,
            "seed",
            (int) (seed & 0x7fffffff)),
        settings.rounds());
  }

  /** By group, how often it was drawn. */
  private static int[] bootstrap(int[] groups, int size, SplittableRandom random) {
    int[] drawn = new int[size];
    for (int i = 0; i < groups.length; i++) {
      drawn[groups[random.nextInt(groups.length)]]++;
    }
    return drawn;
  }

  private static int[] chosen(TrainingTable table, int[] rows, int[] drawn) {
    return Arrays.stream(rows)
        .filter(i -> drawn[table.folds().groupOfRow()[i]] > 0)
        .toArray();
  }

  /** The members' margins on a row. */
  float[] margins(float[] input) {
    float[] margins = new float[ensemble.memberCount()];
    ensemble.margins(input, margins);
    return margins;
  }
}
