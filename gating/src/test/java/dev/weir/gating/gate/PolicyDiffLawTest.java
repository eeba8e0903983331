package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.policy.Policy;
import dev.weir.gating.policy.PolicyChange;
import dev.weir.gating.policy.PolicyDiff;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a comparison of two policies says of them holds for every batch. */
class PolicyDiffLawTest {
  @Property
  void diff_ofAPolicyAndAStricterOne_neverSaysThatItLoosens(@ForAll long seed) {
    Random random = new Random(seed);
    Inputs inputs = Inputs.of(random);
    for (Tightening tightening : Tightening.ALL) {
      assertThat(PolicyDiff.between(inputs.policy(), tightening.tighten(inputs.policy(), random)))
          .extracting(PolicyChange::effect)
          .doesNotContain(PolicyChange.Effect.LOOSENS);
    }
  }

  @Property
  void diff_thatOnlyTightens_movesNothingTowardAccept(@ForAll long seed) {
    Random random = new Random(seed);
    Inputs inputs = Inputs.of(random);
    Policy other = inputs.policy();
    for (int i = 0; i < 3; i++) {
      Tightening one = Tightening.ALL.get(random.nextInt(Tightening.ALL.size()));
      other = one.tighten(other, random);
    }
    List<PolicyChange> changes = PolicyDiff.between(inputs.policy(), other);
    boolean onlyTightens = changes.stream()
        .allMatch(change -> change.effect() == PolicyChange.Effect.TIGHTENS
            || change.effect() == PolicyChange.Effect.NEITHER);
    Inputs after = inputs.with(other);
    assertThat(onlyTightens || changes.stream().anyMatch(PolicyDiffLawTest::concernsWhoIsFragile))
        .isTrue();
    // The direction holds at a fixed rate, which these inputs have.
    MonotoneLawTest.assertNoLooser(inputs, after);
  }

  private static boolean concernsWhoIsFragile(PolicyChange change) {
    return change.effect() == PolicyChange.Effect.EITHER
        && (change.key().equals("fragile.union") || change.key().equals("thinSlice.recordsMin"));
  }
}
