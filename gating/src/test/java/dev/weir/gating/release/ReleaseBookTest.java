package dev.weir.gating.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.policy.PolicyFile;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which release decides a batch (gate.md §11, cut-over by event time). */
class ReleaseBookTest {
  private static final PolicyFile POLICY = TinyGate.policy("steady");
  private static final Gate GATE = TinyGate.gate(POLICY);

  private static Release release(long epoch, long effectiveFrom, OptionalLong expires) {
    return new Release(
        "passenger", "v" + epoch, epoch, effectiveFrom, expires, POLICY.fingerprint(), GATE);
  }

  private static Release release(long epoch, long effectiveFrom) {
    return release(epoch, effectiveFrom, OptionalLong.empty());
  }

  private static ReleaseBook book(Release... releases) {
    return new ReleaseBook(7, List.of(releases));
  }

  private static long chosen(ReleaseBook book, long time) {
    return book.choose(time).orElseThrow().epoch();
  }

  /** The only decision of a batch whose largest timestamp is 1001. */
  private static Decision decide(Release release) {
    var batch = TinyGate.batch(List.of(TinyBundle.passenger("x", Map.of("CryoSleep", true))), 0);
    return release.decide(Controls.NONE, batch, OptionalLong.of(7)).decisions().get(0);
  }

  @Test
  void choose_emptyBook_none() {
    assertThat(ReleaseBook.EMPTY.choose(5)).isEmpty();
    assertThat(ReleaseBook.EMPTY.newest()).isEmpty();
  }

  @Test
  void choose_severalEffective_highestEpoch() {
    assertThat(chosen(book(release(1, 0), release(2, 100), release(5, 200)), 200))
        .isEqualTo(5);
    assertThat(chosen(book(release(1, 0), release(2, 100), release(5, 200)), 199))
        .isEqualTo(2);
    assertThat(chosen(book(release(1, 0), release(2, 100), release(5, 200)), 99))
        .isEqualTo(1);
  }

  @Test
  void choose_effectiveFromExactly_isEffective() {
    assertThat(chosen(book(release(1, 0), release(2, 100)), 100)).isEqualTo(2);
  }

  @Test
  void choose_newerEpochEffectiveEarlier_replacesEverythingScheduledBefore() {
    ReleaseBook book = book(release(1, 0), release(2, 1_000), release(3, 500));
    assertThat(chosen(book, 499)).isEqualTo(1);
    assertThat(chosen(book, 500)).isEqualTo(3);
    assertThat(chosen(book, 5_000)).isEqualTo(3);
  }

  @Test
  void choose_noneEffective_lowestEpoch() {
    assertThat(chosen(book(release(3, 100), release(4, 50)), 49)).isEqualTo(3);
  }

  @Test
  void choose_newestExpired_isStillChosen() {
    assertThat(chosen(book(release(1, 0), release(2, 10, OptionalLong.of(20))), 50))
        .isEqualTo(2);
  }

  @Test
  void decide_expired_auditsAsExpired() {
    Decision found = decide(release(2, 10, OptionalLong.of(1_000)));
    assertThat(found.judgement().reasons()).contains(Reason.POLICY_EXPIRED);
    assertThat(found.route()).isEqualTo(Route.PRIORITY_AUDIT);
  }

  @Test
  void decide_oneMillisecondBeforeExpiry_isInForce() {
    Decision found = decide(release(2, 10, OptionalLong.of(1_001)));
    assertThat(found.judgement().reasons()).doesNotContain(Reason.POLICY_EXPIRED);
  }

  @Test
  void decide_notYetEffective_auditsAsNoReleaseYet() {
    assertThat(decide(release(2, 1_001)).judgement().reasons()).contains(Reason.NO_RELEASE_YET);
    assertThat(decide(release(2, 1_000)).judgement().reasons())
        .doesNotContain(Reason.NO_RELEASE_YET);
  }

  @Test
  void decide_anyRelease_stampsItAndTheBook() {
    Decision found = decide(release(2, 10));
    assertThat(found.release().epoch()).isEqualTo(2);
    assertThat(found.release().version()).isEqualTo("v2");
    assertThat(found.release().policy()).isEqualTo(POLICY.fingerprint());
    assertThat(found.release().bundle()).isEqualTo(TinyGate.BUNDLE.fingerprint());
    assertThat(found.release().book()).hasValue(7);
  }

  @Test
  void book_epochsThatDoNotRise_areRefused() {
    assertThatThrownBy(() -> book(release(2, 0), release(2, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rise");
    assertThatThrownBy(() -> book(release(2, 0)).with(release(1, 10), 8))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void with_newRelease_movesTheOffset() {
    ReleaseBook before = book(release(1, 0));
    ReleaseBook after = before.with(release(2, 0), 8);
    assertThat(after.offset()).isEqualTo(8);
    assertThat(after.newest().orElseThrow().epoch()).isEqualTo(2);
    assertThat(before.releases()).hasSize(1);
  }

  @Test
  void with_newerReleaseThatBeginsNoLater_keepsOnlyWhatSomeTimeCanChoose() {
    ReleaseBook book = book(release(1, 50), release(2, 20), release(3, 90)).with(release(4, 20), 8);

    assertThat(book.releases()).extracting(Release::epoch).containsExactly(1L, 4L);
    assertThat(book.choose(19).orElseThrow().epoch()).isEqualTo(1);
    assertThat(book.choose(20).orElseThrow().epoch()).isEqualTo(4);
    assertThat(book.choose(90).orElseThrow().epoch()).isEqualTo(4);
  }

  @Test
  void at_refusal_keepsTheReleasesAndMovesTheOffset() {
    ReleaseBook before = book(release(1, 0));
    assertThat(before.at(9).offset()).isEqualTo(9);
    assertThat(before.at(9).releases()).isEqualTo(before.releases());
  }
}
