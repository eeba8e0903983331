package dev.weir.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.model.calibration.Beta;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.Isotonic;
import dev.weir.model.calibration.Platt;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.tree.RandomModels;
import dev.weir.model.tree.XgboostFile;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scoring a record that is parsed already leaves nothing for the garbage collector. */
class AllocationTest {
  private static final int SCORES = 20_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Calibrator> calibrators() {
    return Stream.of(
        new Platt(1.3, -0.2),
        new Beta(0.8, 1.2, 0.1),
        new Isotonic(new double[] {-3, -1, 0, 2}, new double[] {0.1, 0.3, 0.4, 0.9}));
  }

  @ParameterizedTest
  @MethodSource("calibrators")
  void read_intoASheet_allocatesNothing(Calibrator calibrator) {
    Bundle bundle = PassengerBundle.of(
        IntStream.range(0, 8)
            .mapToObj(k -> new RandomModels(k, PassengerBundle.COLUMNS, true).model(12, 4, 1))
            .map(XgboostFile::of)
            .toList(),
        XgboostFile.of(new RandomModels(8, PassengerBundle.QUANTILE_COLUMNS, true).model(20, 4, 2)),
        calibrator);
    List<RawRecord> records = PassengerBundle.records();
    RecordSheet sheet = bundle.sheet();
    allocated(bundle, records, sheet, SCORES);

    // One object in every hundredth score would show, for the smallest takes 16 bytes; what the JVM
    // itself allocates now and then stays below.
    assertThat(allocated(bundle, records, sheet, SCORES)).isLessThan(SCORES / 100 * 16);
  }

  /** Bytes that this thread allocates over so many scores. */
  private static long allocated(
      Bundle bundle, List<RawRecord> records, RecordSheet sheet, int scores) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < scores; i++) {
      bundle.read(records.get(i % records.size()), sheet);
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
