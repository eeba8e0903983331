package dev.weir.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lab.data.CsvRecords.Row;
import dev.weir.model.domain.Invalid;
import dev.weir.model.domain.RawRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a CSV file says is what the records hold. */
class CsvRecordsTest {
  @TempDir
  Path directory;

  private CsvFile file;

  @BeforeEach
  void begin() {
    file = CsvFile.in(directory);
  }

  @Test
  void read_plainRow_givesTheRecord() {
    Row row = file.line("PassengerId,HomePlanet,CryoSleep,Cabin,Age")
        .line("0001_01,Europa,False,B/0/P,39.0")
        .read()
        .rows()
        .get(0);

    assertThat(CsvFile.record(row).id()).isEqualTo("0001_01");
    assertThat(CsvFile.value(row, "HomePlanet")).isEqualTo("Europa");
    assertThat(CsvFile.value(row, "CryoSleep")).isEqualTo(false);
    assertThat(CsvFile.value(row, "Cabin")).isEqualTo("B/0/P");
    assertThat(CsvFile.value(row, "Age")).isEqualTo(39.0);
  }

  @Test
  void read_emptyCellsAndAbsentColumns_areMissing() {
    Row row =
        file.line("PassengerId,HomePlanet,Age").line("0001_01,, ").read().rows().get(0);

    assertThat(CsvFile.value(row, "HomePlanet")).isNull();
    assertThat(CsvFile.value(row, "Age")).isNull();
    assertThat(CsvFile.value(row, "Spa")).isNull();
  }

  @Test
  void read_zero_isNotMissing() {
    Row row = file.line("PassengerId,Spa").line("0001_01,0").read().rows().get(0);

    assertThat(CsvFile.value(row, "Spa")).isEqualTo(0.0);
  }

  @Test
  void read_byteOrderMark_isNoPartOfTheFirstColumn() {
    Row row =
        file.line("\uFEFFPassengerId,Age").line("0001_01,39").read().rows().get(0);

    assertThat(CsvFile.record(row).id()).isEqualTo("0001_01");
  }

  @Test
  void read_byteOrderMarkBeforeAQuotedColumn_isNoPartOfIt() {
    Row row = file.line("\uFEFF\"PassengerId\",\"Age\"")
        .line("0001_01,39")
        .read()
        .rows()
        .get(0);

    assertThat(CsvFile.record(row).id()).isEqualTo("0001_01");
  }

  @Test
  void read_quotedCells_keepCommasQuotesAndLetters() {
    Row row = file.line("PassengerId,HomePlanet")
        .line("\"0001_01\",\"Earth, the \"\"blue\"\" plänet\"")
        .read()
        .rows()
        .get(0);

    assertThat(CsvFile.value(row, "HomePlanet")).isEqualTo("Earth, the \"blue\" plänet");
  }

  @Test
  void read_carriageReturns_areNoPartOfTheLastCell() {
    List<Row> rows = file.withNewLine("\r\n")
        .line("PassengerId,HomePlanet")
        .line("0001_01,Earth")
        .line("0002_01,Mars")
        .read()
        .rows();

    assertThat(rows)
        .extracting(row -> CsvFile.value(row, "HomePlanet"))
        .containsExactly("Earth", "Mars");
    assertThat(rows).extracting(Row::line).containsExactly(2L, 3L);
  }

  @Test
  void read_columnsThatTheDomainDoesNotName_arePassedOver() {
    Row row = file.line(",PassengerId,true_probability,")
        .line("17,0001_01,0.25,")
        .read()
        .rows()
        .get(0);

    assertThat(row.cells()).containsOnlyKeys("PassengerId", "TravelGroup", "GroupSize");
  }

  @Test
  void read_rowsOfAGroup_haveItsPrefixAndSize() {
    List<Row> rows = file.line("PassengerId")
        .line("0001_01")
        .line("0002_01")
        .line("0001_02")
        .read()
        .rows();

    assertThat(rows)
        .extracting(row -> CsvFile.value(row, "TravelGroup"))
        .containsExactly("0001", "0002", "0001");
    assertThat(rows)
        .extracting(row -> CsvFile.value(row, "GroupSize"))
        .containsExactly(2.0, 1.0, 2.0);
  }

  @Test
  void read_idWithoutTheSeparator_isAGroupOfItsOwn() {
    Row row = file.line("PassengerId").line("lonely").read().rows().get(0);

    assertThat(CsvFile.value(row, "TravelGroup")).isEqualTo("lonely");
    assertThat(CsvFile.value(row, "GroupSize")).isEqualTo(1.0);
  }

  @Test
  void read_groupAndSizeInTheFile_areTakenAsTheyAre() {
    List<Row> rows = file.line("PassengerId,TravelGroup,GroupSize")
        .line("0001_01,red,7")
        .line("0001_02,,")
        .read()
        .rows();

    assertThat(CsvFile.value(rows.get(0), "TravelGroup")).isEqualTo("red");
    assertThat(CsvFile.value(rows.get(0), "GroupSize")).isEqualTo(7.0);
    assertThat(CsvFile.value(rows.get(1), "TravelGroup")).isNull();
    assertThat(CsvFile.value(rows.get(1), "GroupSize")).isNull();
  }

  @Test
  void read_groupInTheFileWithoutSize_isCounted() {
    List<Row> rows = file.line("PassengerId,TravelGroup")
        .line("0001_01,red")
        .line("0002_01,red")
        .read()
        .rows();

    assertThat(rows).extracting(row -> CsvFile.value(row, "GroupSize")).containsExactly(2.0, 2.0);
  }

  @Test
  void read_imputedColumn_marksEachNamedField() {
    Row row = file.line("PassengerId,Age,Spa,VIP,imputed")
        .line("0001_01,27,0,,Age | Spa|VIP|")
        .read()
        .rows()
        .get(0);

    RawRecord record = CsvFile.record(row);
    int age = record.domain().fieldIndex("Age").orElseThrow();
    int spa = record.domain().fieldIndex("Spa").orElseThrow();
    assertThat(row.imputed()).containsExactly("Age", "Spa", "VIP");
    assertThat(record.imputedUpstream())
        .as("an absent field is missing, not imputed")
        .isEqualTo(1L << age | 1L << spa);
  }

  @Test
  void read_undeclaredImputedName_makesTheRowInvalid() {
    Row row =
        file.line("PassengerId,imputed").line("0001_01,Shoesize").read().rows().get(0);

    assertThat(CsvFile.invalid(row).reason()).contains("imputed 'Shoesize'");
  }

  @Test
  void read_badValues_makeTheRowInvalidWithEveryError() {
    Row row = file.line("PassengerId,Age,Spa,VIP")
        .line("0001_01,old,-1,perhaps")
        .read()
        .rows()
        .get(0);

    assertThat(CsvFile.invalid(row).violations())
        .extracting(Invalid.Violation::field)
        .containsExactly("Age", "VIP", "Spa");
  }

  @Test
  void read_rowWithoutId_isInvalid() {
    Row row = file.line("PassengerId,Age").line(",39").read().rows().get(0);

    assertThat(CsvFile.invalid(row).reason()).contains("PassengerId");
  }

  @Test
  void read_quotedNewLinesAndBlankLines_countInTheLineNumbers() {
    List<Row> rows = file.line("PassengerId,Name")
        .line("0001_01,Ann")
        .line("0002_01,\"Bob\nthe second\"")
        .line("")
        .line("0003_01,Cid")
        .line("0004_01,Dee")
        .withoutLastNewLine()
        .read()
        .rows();

    assertThat(rows).extracting(Row::line).containsExactly(2L, 3L, 6L, 7L);
  }

  @Test
  void read_sameIdTwice_keepsBothRows() {
    List<Row> rows = file.line("PassengerId,Age")
        .line("0001_01,39")
        .line("0001_01,40")
        .read()
        .rows();

    assertThat(rows).extracting(row -> CsvFile.value(row, "Age")).containsExactly(39.0, 40.0);
  }
}
