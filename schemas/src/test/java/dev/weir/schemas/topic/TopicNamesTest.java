package dev.weir.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TopicNamesTest {
  @Test
  void names_defaultPrefix_areTheArchitectures() {
    TopicNames names = TopicNames.of("passenger");

    assertThat(names.records()).isEqualTo("weir.passenger.records");
    assertThat(names.autoAccept()).isEqualTo("weir.passenger.auto-accept");
    assertThat(names.priorityAudit()).isEqualTo("weir.passenger.priority-audit");
    assertThat(names.holds()).isEqualTo("weir.passenger.holds");
    assertThat(names.deadLetters()).isEqualTo("weir.passenger.dead-letters");
    assertThat(names.policies()).isEqualTo("weir.policies");
    assertThat(names.controls()).isEqualTo("weir.controls");
    assertThat(names.bundles()).isEqualTo("weir.bundles");
    assertThat(names.activations()).isEqualTo("weir.activations");
    assertThat(names.alerts()).isEqualTo("weir.alerts");
  }

  @Test
  void names_ownPrefix_beginWithIt() {
    assertThat(new TopicNames("staging.weir", "p").records()).isEqualTo("staging.weir.p.records");
    assertThat(new TopicNames("staging.weir", "p").policies()).isEqualTo("staging.weir.policies");
  }

  @Test
  void names_characterThatKafkaRefuses_saysWhich() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopicNames.of("pas senger"))
        .withMessageContaining("scope 'pas senger'");
  }

  @Test
  void names_atLimitAndOverIt_acceptsAndRefuses() {
    int longest = 249 - "weir..priority-audit".length();

    assertThat(TopicNames.of("x".repeat(longest)).priorityAudit()).hasSize(249);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopicNames.of("x".repeat(longest + 1)))
        .withMessageContaining("250");
  }
}
