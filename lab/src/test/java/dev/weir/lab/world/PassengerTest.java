package dev.weir.lab.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassengerTest {
  private static final List<String> EMPTY_CELLS = Collections.nCopies(Passenger.FIELDS.size(), "");

  @Test
  void cell_knownField_isItsCell() {
    Passenger passenger = PassengerWorld.rows(1, 1).get(0);

    assertThat(Passenger.FIELDS).extracting(passenger::cell).isEqualTo(passenger.cells());
  }

  @Test
  void cell_unknownField_isRefused() {
    Passenger passenger = PassengerWorld.rows(1, 1).get(0);

    assertThatThrownBy(() -> passenger.cell("Deck"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no field Deck");
  }

  @Test
  void passenger_wrongCountOfCells_isRefused() {
    assertThatThrownBy(() -> new Passenger("0001_01", List.of("Earth"), List.of(), true, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 1 cells, not 12");
  }

  @Test
  void passenger_unknownImputedField_isRefused() {
    assertThatThrownBy(() -> new Passenger("0001_01", EMPTY_CELLS, List.of("Deck"), true, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("imputed fields [Deck]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
  void passenger_impossibleProbability_isRefused(double probability) {
    assertThatThrownBy(() -> new Passenger("0001_01", EMPTY_CELLS, List.of(), true, probability))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside (0, 1)");
  }
}
