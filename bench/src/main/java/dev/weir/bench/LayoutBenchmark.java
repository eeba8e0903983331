package dev.weir.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Ways to lay the same trees out in memory; the first is what the others are measured by. */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LayoutBenchmark {
  @Param({"8x100x4", "8x100x6"})
  String shape = "";

  private Workload workload;
  private RowScorer linked;
  private LevelOrderTrees levelOrder;
  private RowScorer levelOrderInTurn;
  private RowScorer quickScorer;
  private RowScorer weir;

  @Setup
  public void load() {
    workload = Workload.of(shape);
    List<BoosterFile> boosters = workload.boosters();
    linked = new LinkedTrees(boosters);
    levelOrder = new LevelOrderTrees(boosters, false);
    levelOrderInTurn = new LevelOrderTrees(boosters, true);
    quickScorer = new QuickScorerTrees(boosters);
    weir = workload.weir();
  }

  @Benchmark
  public double linked() {
    return linked.margin(workload.nextRow());
  }

  @Benchmark
  public double levelOrder() {
    return levelOrder.margin(workload.nextRow());
  }

  /** The same, four rows in turn; the time is a row's. */
  @Benchmark
  @OperationsPerInvocation(4)
  public double levelOrderRowsInTurn() {
    return levelOrder.sumOfMargins(
        workload.nextRow(), workload.nextRow(), workload.nextRow(), workload.nextRow());
  }

  @Benchmark
  public double levelOrderInTurn() {
    return levelOrderInTurn.margin(workload.nextRow());
  }

  @Benchmark
  public double quickScorer() {
    return quickScorer.margin(workload.nextRow());
  }

  @Benchmark
  public double weir() {
    return weir.margin(workload.nextRow());
  }
}
