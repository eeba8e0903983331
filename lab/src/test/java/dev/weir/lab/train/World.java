package dev.weir.lab.train;

import dev.weir.lab.data.CsvRecords;
import dev.weir.lab.world.Passenger;
import dev.weir.lab.world.PassengerWorld;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Passengers of the synthetic world as records, by way of a CSV file. */
final class World {
  static final DomainDefinition PASSENGER = DomainDefinition.shipped("passenger");

  private World() {}

  static List<RawRecord> records(Path directory, List<Passenger> passengers) {
    Path file = directory.resolve("world.csv");
    try {
      PassengerWorld.writeCsv(file, passengers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return CsvRecords.labelled(file, PASSENGER);
  }
}
