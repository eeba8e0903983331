package dev.weir.gating.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.definition.DomainDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedPartTest {
  private static final DomainDefinition CARDS = DomainDefinition.read("cards.yaml", """
      domain: cards
      format: 1
      fields:
        - {name: Id, kind: text, role: id}
        - {name: card.limit, kind: number}
        - name: Place
          kind: text
          separator: /
          parts: [{name: land, kind: category}, {name: town, kind: category}]
      flags: {}
      """);

  private static ObjectNode decision(String reason, String imputed) throws JsonProcessingException {
    return (ObjectNode) new ObjectMapper().readTree("""
        {"raw": {"Id": "a", "card.limit": 5, "Place": "x/y"}, "recordId": "a",
         "batchId": "b", "batchPart": 0, "closeReason": "MARKER", "reasons": ["%s"],
         "imputation": [{"field": "%s", "method": "upstream"}],
         "source": {"topic": "t", "partition": 0, "offset": 1}, "release": {"epoch": 1}}
        """.formatted(reason, imputed));
  }

  private static RecordedPart part(String reason, String imputed) throws JsonProcessingException {
    return RecordedPart.of(CARDS.domain(), List.of(decision(reason, imputed)));
  }

  @Test
  void of_imputedAttribute_isImputedInItsField() throws JsonProcessingException {
    assertThat(part("NORMAL", "card.limit").batch().records().get(0).record().imputedUpstream())
        .isEqualTo(0b010);
    assertThat(part("NORMAL", "Place.town").batch().records().get(0).record().imputedUpstream())
        .isEqualTo(0b100);
  }

  @Test
  void of_reasonOfAnotherVersion_isNamed() {
    assertThatThrownBy(() -> part("BAD_LUCK", "Place.town"))
        .hasMessage("reason 'BAD_LUCK' is none that this version knows");
  }
}
