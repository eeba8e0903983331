package dev.weir.testkit.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Route;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleDirectory;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.feature.Evidence;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TinyBundleTest {
  @TempDir
  Path directory;

  private static RawRecord record(Bundle bundle, int number) {
    return (RawRecord) new RecordParser(bundle.definition().domain())
        .typed(TinyBundle.passenger(number)::get, List.of());
  }

  @Test
  void write_thenRead_isTheSameBundle() {
    Bundle written = TinyBundle.write(directory.resolve("tiny"));

    Bundle read = BundleDirectory.read(directory.resolve("tiny"));

    assertThat(read.fingerprint()).isEqualTo(written.fingerprint());
  }

  @Test
  void write_otherMark_changesTheFingerprint() {
    Bundle one = TinyBundle.write(directory.resolve("one"), 1);
    Bundle two = TinyBundle.write(directory.resolve("two"), 2);

    assertThat(one.fingerprint()).isNotEqualTo(two.fingerprint());
  }

  @ParameterizedTest
  @CsvSource({"0, 0.95", "1, 0.5", "2, 0.5", "3, 0.05"})
  void score_passenger_followsTheRule(int number, double expected) {
    Bundle bundle = TinyBundle.write(directory.resolve("tiny"));
    Evidence evidence = bundle.evidence(record(bundle, number));

    double found = bundle.score(evidence, bundle.prior(evidence)).pModel();

    assertThat(found).isCloseTo(expected, within(0.01));
  }

  @ParameterizedTest
  @ValueSource(strings = {"passenger/hotfix", "passenger/steady", "passenger/baseline"})
  void decide_spender_isAccepted(String name) {
    Bundle bundle = TinyBundle.write(directory.resolve("tiny"));
    PolicyFile file = PolicyFile.read(name, PolicyFile.shippedText(name), bundle.definition());
    Gate gate = new Gate(file.policy(), bundle, Secrets.DEMO);
    Batch.Member member = new Batch.Member(record(bundle, 3), new Position("records", 0, 0), 0);
    Batch batch = new Batch("b", 0, CloseReason.SINGLE, List.of(member), 0, 0);

    Gate.Outcome outcome = Release.offline(file.fingerprint(), gate)
        .decide(Controls.NONE, batch, OptionalLong.empty());

    assertThat(outcome.decisions())
        .singleElement()
        .satisfies(decision -> assertThat(decision.route())
            .as(decision.judgement().toString())
            .isEqualTo(Route.AUTO_ACCEPT));
  }
}
