package dev.weir.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be used says which, where, and what to do. */
class CsvRefusalTest {
  @TempDir
  Path directory;

  private CsvFile file;

  @BeforeEach
  void begin() {
    file = CsvFile.in(directory);
  }

  private AbstractThrowableAssert<?, ?> assertRefused(CsvFile refused) {
    return assertThatThrownBy(refused::read).isInstanceOf(UnusableData.class);
  }

  private AbstractThrowableAssert<?, ?> assertUntrainable(CsvFile refused) {
    return assertThatThrownBy(refused::labelled).isInstanceOf(UnusableData.class);
  }

  private CsvFile labelled() {
    return file.line("PassengerId,Age,Transported");
  }

  @Test
  void read_missingFile_namesIt() {
    Path nowhere = directory.resolve("nowhere.csv");

    assertThatThrownBy(() -> CsvRecords.read(nowhere, DomainDefinition.shipped("passenger")))
        .isInstanceOf(UnusableData.class)
        .hasMessage("no data file " + nowhere + "; name a CSV with a header line");
  }

  @Test
  void read_directory_isNoDataFile() {
    assertThatThrownBy(() -> CsvRecords.read(directory, DomainDefinition.shipped("passenger")))
        .isInstanceOf(UnusableData.class)
        .hasMessageStartingWith("no data file " + directory);
  }

  @Test
  void read_emptyFile_saysSo() {
    assertRefused(file)
        .hasMessage(file.path() + " is empty; name a CSV with a header line and rows");
  }

  @Test
  void read_blankLinesOnly_isEmpty() {
    assertRefused(file.line("").line("  ")).hasMessageStartingWith(file.path() + " is empty");
  }

  @Test
  void read_headerOnly_saysSo() {
    assertRefused(file.line("PassengerId,Age"))
        .hasMessageStartingWith(file.path() + " has a header and no row");
  }

  @Test
  void read_noIdColumn_namesFileColumnAndWhatIsThere() {
    assertRefused(file.line("Id,Age").line("1,39"))
        .hasMessage(file.path() + " has no column 'PassengerId', the id of domain passenger;"
            + " its columns are [Id, Age]");
  }

  @Test
  void read_columnTwice_namesIt() {
    assertRefused(file.line("PassengerId,Age,Age").line("0001_01,39,40"))
        .hasMessage(file.path() + " has two columns 'Age'; rename or remove one");
  }

  @Test
  void read_rowWithTooManyCells_namesTheLine() {
    assertRefused(file.line("PassengerId,Name").line("0001_01,Ann").line("0002_01,Bee, Cee"))
        .hasMessage(file.path() + ":3: 3 cells, the header has 2; quote a cell that holds a comma");
  }

  /** A shorter row may have been cut off: its last number may be, too. */
  @Test
  void read_rowWithTooFewCells_namesTheLine() {
    assertRefused(file.line("PassengerId,Age,Spa").line("0001_01,3").withoutLastNewLine())
        .hasMessage(
            file.path() + ":2: 2 cells, the header has 3; leave the cell of a missing value empty");
  }

  @Test
  void read_notUtf8_namesTheLine() {
    byte[] latin = "PassengerId,HomePlanet\n0001_01,Earth\n0002_01,Plänet\n"
        .getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> file.read(latin))
        .isInstanceOf(UnusableData.class)
        .hasMessage(file.path() + ":3: not UTF-8 text; save the file as UTF-8");
  }

  @Test
  void read_quoteThatNeverEnds_namesTheFile() {
    assertRefused(file.line("PassengerId,Name").line("0001_01,\"Ann"))
        .hasMessageStartingWith("cannot read " + file.path() + " as CSV: ")
        .hasMessageContaining("2");
  }

  @Test
  void labelled_allRowsLabelled_givesThemInOrder() {
    List<RawRecord> records =
        labelled().line("0002_01,39,True").line("0001_01,,false").labelled();

    assertThat(records).extracting(RawRecord::id).containsExactly("0002_01", "0001_01");
    assertThat(records)
        .extracting(record -> record.label().orElseThrow())
        .containsExactly(true, false);
  }

  @Test
  void labelled_noLabelColumn_saysSoOnce() {
    assertUntrainable(file.line("PassengerId,Age").line("0001_01,39").line("0002_01,40"))
        .hasMessage(file.path() + " has no column 'Transported', the label of domain passenger;"
            + " its columns are [PassengerId, Age]");
  }

  @Test
  void labelled_labelNotBoolean_namesLineAndValue() {
    assertUntrainable(labelled().line("0001_01,39,True").line("0002_01,40,maybe"))
        .hasMessage("1 of 2 rows cannot be trained on; mend or remove them:\n  " + file.path()
            + ":3: Transported 'maybe' must be true or false");
  }

  @Test
  void labelled_missingLabel_namesLineAndRecord() {
    assertUntrainable(labelled().line("0001_01,39,True").line("0002_01,40,"))
        .hasMessageEndingWith(file.path() + ":3: 0002_01 has no Transported");
  }

  @Test
  void labelled_sameIdTwice_namesBothLines() {
    assertUntrainable(
            labelled().line("0001_01,39,True").line("0002_01,40,False").line("0001_01,39,False"))
        .hasMessageEndingWith(file.path() + ":4: id 0001_01 is also on line 2");
  }

  @Test
  void labelled_severalBadRows_listsEachWithItsLine() {
    assertUntrainable(labelled().line("0001_01,old,True").line("0002_01,40,").line(",40,True"))
        .hasMessageStartingWith("3 of 3 rows cannot be trained on")
        .hasMessageContaining(file.path() + ":2: Age 'old'")
        .hasMessageContaining(file.path() + ":3: 0002_01")
        .hasMessageContaining(file.path() + ":4: PassengerId");
  }

  @Test
  void labelled_manyBadRows_showsFiveAndCountsTheRest() {
    labelled();
    IntStream.rangeClosed(1, 12).forEach(i -> file.line(i + "_01,39,maybe"));

    assertUntrainable(file)
        .satisfies(refusal -> assertThat(refusal.getMessage().lines().collect(Collectors.toList()))
            .hasSize(7)
            .startsWith("12 of 12 rows cannot be trained on; mend or remove them:")
            .endsWith("  … and 7 more"));
  }
}
