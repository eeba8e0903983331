package dev.weir.bench;

import dev.weir.model.tree.TreeShap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What contributions cost beside the plain margin: path attribution, and exact TreeSHAP. */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ContributionBenchmark {
  @Param({"8x100x4", "8x100x6"})
  String shape = "";

  private Workload workload;
  private WeirTrees trees;

  @Setup
  public void load() {
    workload = Workload.of(shape);
    trees = workload.weir();
  }

  @Benchmark
  public double margin() {
    return trees.margin(workload.nextRow());
  }

  @Benchmark
  public double pathAttribution() {
    return trees.marginAndContributions(workload.nextRow());
  }

  @Benchmark
  public double[] treeShap() {
    return TreeShap.meanContributions(
        Workload.trees(workload.bundle).ensemble(), 0, workload.nextRow());
  }
}
