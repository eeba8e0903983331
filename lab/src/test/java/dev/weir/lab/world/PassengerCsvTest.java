package dev.weir.lab.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file says exactly what the rows say, with the same bytes everywhere, and is never half-written. */
class PassengerCsvTest {
  @TempDir
  Path directory;

  @Test
  void writeCsv_readBack_givesTheRows() throws IOException {
    List<Passenger> rows = PassengerWorld.rows(3_000, 11);
    Path file = directory.resolve("world.csv");

    PassengerWorld.writeCsv(file, rows);

    assertThat(read(file)).isEqualTo(rows);
  }

  @Test
  void writeCsv_header_isTheRealFilesPlusTwoColumns() throws IOException {
    Path file = directory.resolve("world.csv");

    PassengerWorld.writeCsv(file, List.of());

    assertThat(file)
        .hasContent(
            "PassengerId,HomePlanet,CryoSleep,Cabin,Destination,Age,VIP,RoomService,FoodCourt,ShoppingMall,"
                + "Spa,VRDeck,Name,Transported,imputed,true_probability\r\n");
  }

  @Test
  void writeCsv_sameSeed_givesTheSameBytes() throws IOException {
    Path one = directory.resolve("one.csv");
    Path again = directory.resolve("again.csv");
    Path other = directory.resolve("other.csv");

    PassengerWorld.writeCsv(one, PassengerWorld.rows(1_000, 3));
    PassengerWorld.writeCsv(again, PassengerWorld.rows(1_000, 3));
    PassengerWorld.writeCsv(other, PassengerWorld.rows(1_000, 4));

    assertThat(again).hasSameBinaryContentAs(one);
    assertThat(Files.mismatch(one, other)).isNotNegative();
  }

  /** A changed formula changes this on purpose; a changed JDK or processor must not. */
  @Test
  void writeCsv_knownSeed_hasTheKnownFingerprint() throws Exception {
    Path file = directory.resolve("world.csv");

    PassengerWorld.writeCsv(file, PassengerWorld.rows(5_000, 1));

    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(HexFormat.of().formatHex(digest))
        .isEqualTo("620bc14a2828da70a57bf717445c3808eca10169125ac55c2e8aa9b626890d0a");
  }

  @Test
  void writeCsv_failsMidway_keepsTheOldFileAndLeavesNoPart() throws IOException {
    Path file = directory.resolve("world.csv");
    Files.writeString(file, "old");
    List<Passenger> broken = Arrays.asList(PassengerWorld.rows(1, 1).get(0), null);

    assertThatThrownBy(() -> PassengerWorld.writeCsv(file, broken))
        .isInstanceOf(NullPointerException.class);

    assertThat(file).hasContent("old");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writeCsv_missingDirectory_fails() {
    Path file = directory.resolve("nowhere").resolve("world.csv");

    assertThatThrownBy(() -> PassengerWorld.writeCsv(file, List.of()))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static List<Passenger> read(Path file) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(reader, format)) {
      return parser.stream().map(PassengerCsvTest::passenger).toList();
    }
  }

  private static Passenger passenger(CSVRecord row) {
    String imputed = row.get("imputed");
    return new Passenger(
        row.get("PassengerId"),
        Passenger.FIELDS.stream().map(row::get).toList(),
        imputed.isEmpty() ? List.of() : List.of(imputed.split("\\|")),
        row.get("Transported").equals("True"),
        Double.parseDouble(row.get("true_probability")));
  }
}
