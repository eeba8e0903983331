package dev.weir.bench;

import dev.weir.model.bundle.RecordSheet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Records scored one after the other into one sheet: time must be linear in their number. */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatchBenchmark {
  @Param({"1", "10", "100", "1000", "10000"})
  int rows;

  @Param("8x100x4")
  String shape = "";

  private Workload workload;
  private RecordSheet sheet;

  @Setup
  public void load() {
    workload = Workload.of(shape);
    sheet = workload.bundle.sheet();
  }

  @Benchmark
  public double records() {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      workload.bundle.read(workload.nextRecord(), sheet);
      sum += sheet.score().pModel();
    }
    return sum;
  }
}
