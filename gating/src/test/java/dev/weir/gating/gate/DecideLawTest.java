package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.TinyBatches;
import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.DecisionJson;
import dev.weir.gating.decision.Interval;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of every batch that is decided, by whichever shipped policy. */
class DecideLawTest {
  private static final List<Release> RELEASES = Stream.of("hotfix", "steady", "baseline", "guarded")
      .map(TinyGate::policy)
      .map(DecideLawTest::release)
      .toList();

  private static Release release(PolicyFile file) {
    return Release.offline(file.fingerprint(), TinyGate.gate(file));
  }

  private static Gate.Outcome decide(long seed) {
    Release release = RELEASES.get((int) Math.floorMod(seed, (long) RELEASES.size()));
    return release.decide(Controls.NONE, TinyBatches.of(seed), OptionalLong.of(5));
  }

  @Property
  void decide_anyBatch_decidesEveryRecordOnceInOrder(@ForAll long seed) {
    Batch batch = TinyBatches.of(seed);

    assertThat(decide(seed).decisions())
        .extracting(Decision::source)
        .containsExactlyElementsOf(
            batch.records().stream().map(Batch.Member::source).toList());
  }

  @Property
  void decide_heldBatch_acceptsNothing(@ForAll long seed) {
    Gate.Outcome found = decide(seed);

    boolean held = found.hold().isPresent();
    for (Decision decision : found.decisions()) {
      assertThat(decision.route() == Route.HELD).isEqualTo(held);
      assertThat(decision.blind().isPresent() && decision.route() != Route.AUTO_ACCEPT)
          .isFalse();
    }
    if (held) {
      assertThat(found.alerts()).isEmpty();
    }
  }

  @Property
  void decide_twice_givesTheSameBytes(@ForAll long seed) {
    assertThat(content(decide(seed))).isEqualTo(content(decide(seed)));
  }

  private static List<String> content(Gate.Outcome outcome) {
    return outcome.decisions().stream()
        .map(decision -> DecisionJson.content(decision).toString())
        .toList();
  }

  @Property
  void decide_anyRecord_hasAnOrderedInterval(@ForAll long seed) {
    for (Decision decision : decide(seed).decisions()) {
      Interval interval = decision.judgement().interval();
      assertThat(interval.p50()).isBetween(interval.p10(), interval.p90());
    }
  }
}
