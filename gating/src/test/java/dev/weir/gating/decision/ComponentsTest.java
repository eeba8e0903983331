package dev.weir.gating.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ComponentsTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  @Test
  void of_someAdded_holdsTheseInOrder() {
    Components found = Components.of(NAMES, new double[] {0, 1.5, 0, 0.25});

    Map<String, Double> expected = new LinkedHashMap<>();
    expected.put("b", 1.5);
    expected.put("d", 0.25);
    assertThat(found).isEqualTo(expected).hasSize(2).isNotEmpty();
    assertThat(found.keySet()).containsExactly("b", "d");
    assertThat(found.get("b")).isEqualTo(1.5);
    assertThat(found.get("a")).isNull();
    assertThat(found.addedTo(1)).isEqualTo(2.75);
    assertThat(Components.copyOf(found)).isSameAs(found);
    assertThat(Components.copyOf(expected)).isEqualTo(found);
  }

  @Test
  void of_nothingAdded_isEmpty() {
    assertThat(Components.of(NAMES, new double[4])).isEmpty();
    assertThat(Components.NONE).isEmpty();
    assertThat(Components.NONE.addedTo(0.5)).isEqualTo(0.5);
  }

  @Test
  void components_areImmutable() {
    Components found = Components.of(NAMES, new double[] {1, 0, 0, 0});

    assertThatThrownBy(() -> found.put("b", 1.0)).isInstanceOf(UnsupportedOperationException.class);
    Iterator<Map.Entry<String, Double>> entries = found.entrySet().iterator();
    entries.next();
    assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> Components.of(NAMES, new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 names and 3 values");
  }
}
