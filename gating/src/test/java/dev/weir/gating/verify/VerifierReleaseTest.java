package dev.weir.gating.verify;

import static dev.weir.gating.verify.VerifierTest.CONTROLS;
import static dev.weir.gating.verify.VerifierTest.POLICY;
import static dev.weir.gating.verify.VerifierTest.decisions;
import static dev.weir.gating.verify.VerifierTest.passengers;
import static dev.weir.gating.verify.VerifierTest.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Verifying says which release decided, and checks its dates where it is at hand. */
class VerifierReleaseTest {
  private static Release frozen(long epoch, long effectiveFrom, long expires) {
    return new Release(
        "passenger",
        "v" + epoch,
        epoch,
        effectiveFrom,
        OptionalLong.of(expires),
        POLICY.fingerprint(),
        TinyGate.gate(POLICY));
  }

  /* The batch's time is 1,003. */
  private static List<ObjectNode> decidedBy(Release release) {
    return SealedBatch.of(release
            .decide(CONTROLS, TinyGate.batch(passengers(), 1), OptionalLong.of(5))
            .decisions())
        .json();
  }

  @Test
  void verify_byTheFrozenReleaseThatDecided_checksItsDatesAndIsClean() {
    for (Release release :
        List.of(frozen(3, 0, 2_000), frozen(3, 0, 1_000), frozen(3, 1_500, 2_000))) {
      Verification found = Verifier.verify(release, decidedBy(release));

      assertThat(found.differences()).isEmpty();
      assertThat(found.unchecked()).isEmpty();
    }
  }

  @Test
  void verify_byAReleaseWithOtherDates_isNoticed() {
    List<ObjectNode> expired = decidedBy(frozen(3, 0, 1_000));

    assertThat(Verifier.verify(frozen(3, 0, 2_000), expired).differences())
        .extracting(Verification.Difference::path)
        .contains("reasons");
    assertThat(Verifier.verify(frozen(3, 1_500, 2_000), decidedBy(frozen(3, 0, 2_000)))
            .differences())
        .extracting(Verification.Difference::path)
        .contains("reasons");
  }

  @Test
  void verify_byAnotherEpoch_isNoticed() {
    assertThat(
            Verifier.verify(frozen(4, 0, 2_000), decidedBy(frozen(3, 0, 2_000))).differences())
        .extracting(Verification.Difference::path)
        .contains("release.epoch", "release.version");
  }

  @Test
  void verify_byThePolicyAlone_listsTheReleaseAsUnchecked() {
    List<ObjectNode> decisions = decidedBy(frozen(3, 0, 1_000));

    Verification found = verify(decisions);

    assertThat(found.differences()).isEmpty();
    assertThat(found.unchecked())
        .hasSize(2)
        .anySatisfy(what -> assertThat(what).contains("[POLICY_EXPIRED]"))
        .anySatisfy(what -> assertThat(what).contains("release v3, epoch 3"));
  }

  @Test
  void verify_otherPolicy_saysWhoDecidedAndComparesNothing() {
    PolicyFile other = TinyGate.policy("hotfix");
    Verification found = Verifier.verify(TinyGate.gate(other), other.fingerprint(), decisions());

    assertThat(found.isClean()).isFalse();
    assertThat(found.differences()).isEmpty();
    assertThat(found.others())
        .containsExactly(Map.entry(
            new Verification.OtherRelease(
                "offline",
                0,
                POLICY.fingerprint().hex(),
                TinyGate.BUNDLE.fingerprint().hex()),
            4));
  }

  @Test
  void verify_byAnotherBundleOfTheSamePolicy_isReported() {
    Gate other = new Gate(POLICY.policy(), TinyBundle.maskedBundle(), Secrets.DEMO);

    assertThat(Verifier.verify(other, POLICY.fingerprint(), decisions()).others())
        .hasSize(1)
        .containsValue(4);
  }
}
