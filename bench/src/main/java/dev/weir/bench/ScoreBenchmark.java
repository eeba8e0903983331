package dev.weir.bench;

import dev.weir.model.bundle.RecordSheet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One record scored. Weir starts from the parsed record, and does either what a model's server does
 * (flags, gaps, features, trees, calibrator), or all that a decision needs (contributions, members,
 * fallback, interval and prior besides). The others get the finished row and give the mean margin alone.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScoreBenchmark {
  @Param("8x100x4")
  String shape = "";

  private Workload workload;
  private RecordSheet sheet;
  private WeirProbability probability;
  private WeirTrees trees;
  private XgboostRows xgboostMembers;
  private RowScorer xgboostMerged;
  private RowScorer xgboostInPlace;
  private RowScorer onnx;

  @Setup
  public void load() {
    workload = Workload.of(shape);
    sheet = workload.bundle.sheet();
    probability = new WeirProbability(workload.bundle);
    trees = workload.weir();
    List<byte[]> merged = List.of(BoosterFile.merged(workload.files()));
    xgboostMembers = new XgboostRows(workload.files(), false);
    xgboostMerged = new XgboostRows(merged, false);
    xgboostInPlace = new XgboostRows(merged, true);
    onnx = new OnnxRows(OnnxModel.of(workload.boosters()));
  }

  @TearDown
  public void close() {
    xgboostMembers.close();
    xgboostMerged.close();
    xgboostInPlace.close();
    onnx.close();
  }

  /** Weir, from the record to everything a decision needs. */
  @Benchmark
  public double weirRecord() {
    workload.bundle.read(workload.nextRecord(), sheet);
    return sheet.score().pModel();
  }

  /** Weir, from the record to its calibrated probability. */
  @Benchmark
  public double weirProbability() {
    return probability.of(workload.nextRecord());
  }

  /** Weir's trees and contributions alone, from the row. */
  @Benchmark
  public double weirTrees() {
    return trees.marginAndContributions(workload.nextRow());
  }

  /** The members as they are: one matrix, one call for each member. */
  @Benchmark
  public double xgboostMembers() {
    return xgboostMembers.margin(workload.nextRow());
  }

  /** The members' contributions: exact Shapley values, the only ones that its Java API has. */
  @Benchmark
  public double[] xgboostContributions() {
    return xgboostMembers.contributions(workload.nextRow());
  }

  /** All trees as one model: one matrix, one call. */
  @Benchmark
  public double xgboostMerged() {
    return xgboostMerged.margin(workload.nextRow());
  }

  /** All trees as one model, the row passed as an array. */
  @Benchmark
  public double xgboostInPlace() {
    return xgboostInPlace.margin(workload.nextRow());
  }

  /** All trees as one operator of ONNX Runtime. */
  @Benchmark
  public double onnx() {
    return onnx.margin(workload.nextRow());
  }
}
