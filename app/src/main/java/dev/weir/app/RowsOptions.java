package dev.weir.app;

import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Gate;
import dev.weir.lab.apply.BatchBy;
import dev.weir.lab.apply.CsvBatches;
import dev.weir.lab.data.CsvRecords;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which rows are decided, and which of them together. */
final class RowsOptions {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "CSV with a header.")
  private Path data = Path.of("");

  @Option(
      names = "--batch-by",
      required = true,
      paramLabel = "HOW",
      description = "A field, 'group' (the domain's own), or a number of consecutive rows.")
  private String batchBy = "";

  Path file() {
    return data;
  }

  /** The rows as the gate may see them. */
  CsvRecords read(Gate gate) {
    return CsvRecords.read(data, gate.bundle().definition(), gate.hashing());
  }

  /** The batches that they form. */
  List<Batch> batches(CsvRecords rows, Gate gate) {
    return CsvBatches.of(rows, BatchBy.of(batchBy, gate.bundle().definition().domain()));
  }
}
