package dev.weir.lab.train;

import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.TreeModel;
import dev.weir.model.tree.XgboostJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The members of one ensemble. Each is boosted on a draw of most of the groups, without replacement, and stops where the
 * loss on the groups left out no longer falls; trees grow leaf by leaf, wherever that gains most.
 */
record Members(List<Boosting.Model> models, TreeEnsemble ensemble) {
  private static final int LEAVES_MAX = 15;
  private static final float GROUPS_SHARE = 0.85f;

  Members {
    models = List.copyOf(models);
  }

  static Members of(List<Boosting.Model> models) {
    List<TreeModel> trees = models.stream().map(m -> XgboostJson.read(m.file())).toList();
    return new Members(models, TreeEnsemble.of(trees));
  }

  /**
   * What a member learns.
   *
   * @param rows that it may see, of both classes
   * @param labels by row of the table
   * @param start by row of the table, the margin that it boosts on from; empty for none
   */
  record Task(int[] rows, boolean[] labels, float[] start) {
    Task(int[] rows, boolean[] labels) {
      this(rows, labels, new float[0]);
    }
  }

  /**
   * One member.
   *
   * @param seed of its random choices, which make it differ from the others
   */
  static Boosting.Model train(
      TrainingTable table, Task task, TrainingSettings settings, long seed) {
    Bag bag = Bag.draw(table, task, settings.rowsMax(), new SplittableRandom(seed));
    return Boosting.train(
        examples(table, bag.fitted(), task, settings),
        examples(table, bag.held(), task, settings),
        parameters(settings, seed),
        new Boosting.Stopping(settings.roundsMax(), settings.patience()));
  }

  /** A member of a given number of rounds. */
  static Boosting.Model train(
      TrainingTable table, Task task, TrainingSettings settings, long seed, int rounds) {
    Bag bag = Bag.draw(table, task, settings.rowsMax(), new SplittableRandom(seed));
    return Boosting.train(
        examples(table, bag.fitted(), task, settings), parameters(settings, seed), rounds);
  }

  private static Map<String, Object> parameters(TrainingSettings settings, long seed) {
    return Map.of(
        "objective",
        "binary:logistic",
        "eval_metric",
        "logloss",
        "grow_policy",
        "lossguide",
        "max_leaves",
        LEAVES_MAX,
        "max_depth",
        0,
        "max_bin",
        128,
        "eta",
        settings.learningRate(),
        "subsample",
        0.8,
        "seed",
        (int) (seed & 0x7fffffff));
  }

  private static Boosting.Examples examples(
      TrainingTable table, int[] rows, Task task, TrainingSettings settings) {
    float[] targets = new float[rows.length];
    float[] weights = new float[rows.length];
    float[] start = new float[task.start().length == 0 ? 0 : rows.length];
    for (int i = 0; i < rows.length; i++) {
      targets[i] = task.labels()[rows[i]] ? 1 : 0;
      weights[i] = task.labels()[rows[i]] ? (float) settings.trueWeight() : 1;
    }
    for (int i = 0; i < start.length; i++) {
      start[i] = task.start()[rows[i]];
    }
    return new Boosting.Examples(table.inputs(), rows, targets, weights, start);
  }

  /** The members' margins on a row, in their order. */
  void margins(float[] input, float[] margins) {
    ensemble.margins(input, margins);
  }

  double meanRounds() {
    return models.stream().mapToInt(Boosting.Model::rounds).average().orElseThrow();
  }

  /** Rows that a member is fitted to, and rows of other groups that tell it when to stop. */
  private record Bag(int[] fitted, int[] held) {
    static Bag draw(TrainingTable table, Task task, int rowsMax, SplittableRandom random) {
      int[] rows = task.rows();
      int[] groupOfRow = table.folds().groupOfRow();
      int[] groups = Arrays.stream(rows).map(i -> groupOfRow[i]).distinct().toArray();
      for (int i = groups.length - 1; i > 0; i--) {
        swap(groups, i, random.nextInt(i + 1));
      }
      double share = Math.min(1, rowsMax / (double) rows.length);
      int least = Math.min(2, groups.length);
      int drawn = (int) Math.max(least, groups.length * share);
      int fitted = (int) Math.max(least, drawn * GROUPS_SHARE);
      bringBothClasses(groups, fitted, task, table);
      byte[] part = new byte[table.folds().groups()];
      for (int i = 0; i < drawn; i++) {
        part[groups[i]] = (byte) (i < fitted ? 1 : 2);
      }
      int[] inside = rows(rows, part, 1, table);
      int[] held = rows(rows, part, 2, table);
      return new Bag(inside, held.length == 0 ? inside : held);
    }

    private static int[] rows(int[] rows, byte[] part, int wanted, TrainingTable table) {
      int[] groupOfRow = table.folds().groupOfRow();
      return IntStream.of(rows).filter(i -> part[groupOfRow[i]] == wanted).toArray();
    }

    /**
     * XGBoost cannot learn from one class. Where the first groups lack a class, all of them have the other, so any of them may
     * make room for the first that has it.
     */
    private static void bringBothClasses(int[] groups, int fitted, Task task, TrainingTable table) {
      int[] groupOfRow = table.folds().groupOfRow();
      for (boolean label : new boolean[] {false, true}) {
        boolean[] has = new boolean[table.folds().groups()];
        for (int row : task.rows()) {
          has[groupOfRow[row]] |= task.labels()[row] == label;
        }
        int first = 0;
        while (first < groups.length && !has[groups[first]]) {
          first++;
        }
        if (first == groups.length) {
          throw new IllegalArgumentException("a member is to learn from " + task.rows().length
              + " rows, none of them " + label + "; it needs rows of both classes");
        }
        if (first >= fitted) {
          swap(groups, 0, first);
        }
      }
    }

    private static void swap(int[] groups, int i, int j) {
      int swapped = groups[i];
      groups[i] = groups[j];
      groups[j] = swapped;
    }
  }
}
