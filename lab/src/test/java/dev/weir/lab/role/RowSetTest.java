package dev.weir.lab.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.lab.evaluate.Arm;
import dev.weir.lab.evaluate.Folded;
import dev.weir.lab.role.RowSet.ChooseSet;
import dev.weir.lab.role.RowSet.FitSet;
import dev.weir.lab.role.RowSet.JudgeSet;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row plays one part. */
class RowSetTest {
  @TempDir
  Path directory;

  private static final Arm ARM = Folded.arms().get(0);
  private static final FitSet FITTED = new FitSet(RowIds.of(ARM.fitted()));

  @Test
  void judgeSet_otherGroups_isMade() {
    JudgeSet judge = JudgeSet.of(ARM.rows(), List.of(FITTED));

    assertThat(judge.records()).isEqualTo(ARM.rows());
    assertThat(judge.ids().rows()).isEqualTo(ARM.rows().size());
  }

  @Test
  void judgeSet_oneFittedRow_isRefusedWithTheCount() {
    List<RawRecord> rows = new ArrayList<>(ARM.rows());
    rows.add(ARM.fitted().get(0));

    assertThatThrownBy(() -> JudgeSet.of(rows, List.of(FITTED)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("1 of " + rows.size() + " rows to be judged by were fitted to")
        .hasMessageContaining("leave those rows out");
  }

  @Test
  void judgeSet_groupOnBothSides_isRefused() {
    RawRecord first =
        ARM.rows().stream().filter(row -> row.id().endsWith("_02")).findFirst().orElseThrow();
    RawRecord other = ARM.rows().stream()
        .filter(row -> row.group().equals(first.group()) && !row.id().equals(first.id()))
        .findFirst()
        .orElseThrow();

    assertThatThrownBy(
            () -> JudgeSet.of(List.of(first), List.of(new FitSet(RowIds.of(List.of(other))))))
        .hasMessageContaining("0 of 1 rows")
        .hasMessageContaining("1 groups lie on both sides")
        .hasMessageContaining("--folds");
  }

  @Test
  void chooseSet_fittedRow_isRefused() {
    assertThatThrownBy(() -> ChooseSet.of(ARM.fitted().subList(0, 3), FITTED))
        .hasMessageContaining("3 of 3 rows to be chosen on were fitted to");
  }

  @Test
  void arm_overlap_cannotBeMade() {
    assertThatThrownBy(() -> new Arm(ARM.bundle(), ARM.fitted(), ARM.fitted(), Optional.empty()))
        .hasMessageContaining("a row plays one part");
  }

  @Test
  void bundleRows_written_tellTheSameRows() throws IOException {
    Path bundle = directory.resolve("bundle");
    Files.writeString(BundleRows.beside(bundle), BundleRows.text(ARM.bundle(), FITTED));

    FitSet read = BundleRows.read(bundle, ARM.bundle());

    assertThat(read.ids().fingerprint())
        .isEqualTo(ARM.bundle().parts().training().data());
    assertThatThrownBy(() -> JudgeSet.of(ARM.fitted(), List.of(read)))
        .hasMessageStartingWith(ARM.fitted().size() + " of " + ARM.fitted().size());
  }

  @Test
  void bundleRows_ofAnotherBundleOrNone_areRefused() throws IOException {
    Path bundle = directory.resolve("bundle");

    assertThatThrownBy(() -> BundleRows.read(bundle, ARM.bundle()))
        .hasMessageContaining("nothing tells which rows");
    Files.writeString(
        BundleRows.beside(bundle), BundleRows.text(Folded.arms().get(1).bundle(), FITTED));
    assertThatThrownBy(() -> BundleRows.read(bundle, ARM.bundle()))
        .hasMessageContaining("is of another bundle");
  }

  @Test
  void openings_eachLook_isCounted() {
    Openings openings = Openings.of(directory.resolve("trust.csv"));
    JudgeSet judge = JudgeSet.of(ARM.rows(), List.of(FITTED));
    Fingerprint any = Fingerprint.of("");

    assertThat(openings.open(judge, any, any, Instant.EPOCH)).isEqualTo(1);
    assertThat(openings.open(judge, any, any, Instant.EPOCH)).isEqualTo(2);
    assertThat(directory.resolve("trust.csv.openings")).exists();
  }
}
