package dev.weir.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.calibration.Platt;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.score.MainModel;
import dev.weir.model.score.Score;
import dev.weir.model.tree.RandomModels;
import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.TreeModel;
import dev.weir.model.tree.XgboostFile;
import dev.weir.model.tree.XgboostJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * A model file survives a round trip. A bundle keeps the files as training wrote them, so what comes
 * back are the same bytes, and with them the same scores.
 */
class RoundTripTest {
  private Path temporary = Path.of("");

  @BeforeProperty
  void makeDirectory() throws IOException {
    temporary = Files.createTempDirectory("round-trip");
  }

  @AfterProperty
  void removeDirectory() throws IOException {
    try (Stream<Path> found = Files.walk(temporary)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Property(tries = 8)
  void bundle_writtenReadAndWrittenAgain_hasTheSameBytesAndScores(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 5) int depth) throws IOException {
    List<byte[]> members = List.of(file(seed, depth), file(seed + 1, depth));
    byte[] quantiles = XgboostFile.of(
        new RandomModels(seed, PassengerBundle.QUANTILE_COLUMNS, true).model(4, depth, 2));
    Bundle written = BundleDirectory.write(
        temporary.resolve("first"),
        PassengerBundle.parts(members, quantiles, new Platt(1.1, 0.2)),
        PassengerBundle.records());

    Bundle read = BundleDirectory.read(temporary.resolve("first"));
    Bundle again =
        BundleDirectory.write(temporary.resolve("second"), read.parts(), PassengerBundle.records());

    assertThat(((MainModel.Native) read.parts().model()).files())
        .usingRecursiveComparison()
        .isEqualTo(members);
    assertThat(again.fingerprint()).isEqualTo(written.fingerprint());
    for (RawRecord record : PassengerBundle.records()) {
      assertThat(score(read, record)).usingRecursiveComparison().isEqualTo(score(written, record));
    }
  }

  private static byte[] file(long seed, int depth) {
    return XgboostFile.of(new RandomModels(seed, PassengerBundle.COLUMNS, true).model(7, depth, 1));
  }

  private static Score score(Bundle bundle, RawRecord record) {
    RecordSheet sheet = bundle.sheet();
    bundle.read(record, sheet);
    return sheet.score().score();
  }

  @Property(tries = 200)
  void modelFile_ofAnyModel_givesItsMarginsToTheBit(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 8) int depth) {
    RandomModels random = new RandomModels(seed, 5, true);
    TreeModel model = random.model(6, depth, 2);
    TreeModel read = XgboostJson.read(XgboostFile.of(model));

    for (int i = 0; i < 20; i++) {
      float[] row = random.row();
      assertThat(margins(read, row)).isEqualTo(margins(model, row));
    }
  }

  private static float[] margins(TreeModel model, float[] row) {
    float[] margins = new float[model.targetCount()];
    TreeEnsemble.of(List.of(model)).margins(row, margins);
    return margins;
  }
}
