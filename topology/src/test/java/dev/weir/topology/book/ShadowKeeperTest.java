package dev.weir.topology.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.gate.Secrets;
import dev.weir.gating.release.Activation;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.Release;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Bundle;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.testkit.bundle.TinyBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowKeeperTest {
  @TempDir
  Path directory;

  private Bundle bundle;
  private Bundle other;
  private boolean isOtherHere;
  private ShadowKeeper keeper;

  @BeforeEach
  void start() {
    bundle = TinyBundle.write(directory.resolve("tiny"));
    other = TinyBundle.write(directory.resolve("other"), 1);
    keeper = new ShadowKeeper(
        "i1",
        new Activation.Instance(
            "passenger",
            Purpose.SHADOW,
            TrustedKeys.NONE,
            wanted -> wanted.equals(bundle.fingerprint())
                ? Optional.of(bundle)
                : Optional.of(other).filter(found -> isOtherHere),
            Secrets.DEMO));
  }

  private List<InstanceReport.State> arrive(long offset, Publication publication) {
    keeper.arrive(offset, publication.key(), publication.value());
    return keeper.settle(5).stream().map(InstanceReport::state).toList();
  }

  private Optional<Long> epoch() {
    return keeper.shadow().map(Release::epoch);
  }

  @Test
  void settle_shadow_isKeptAndReportedUnderANameOfItsOwn() {
    Publication shadow = Publication.shadow(bundle, 1);
    keeper.arrive(7, shadow.key(), shadow.value());

    assertThat(keeper.settle(5)).singleElement().satisfies(report -> {
      assertThat(report.key()).isEqualTo("i1/passenger!shadow");
      assertThat(report.offset()).isEqualTo(7);
    });
    assertThat(epoch()).contains(1L);
  }

  @Test
  void settle_newerEpoch_replacesAndOlderIsRefused() {
    assertThat(arrive(0, Publication.shadow(bundle, 2)))
        .containsExactly(InstanceReport.State.ACTIVATED);
    assertThat(arrive(1, Publication.shadow(bundle, 1)))
        .containsExactly(InstanceReport.State.REFUSED);
    assertThat(arrive(2, Publication.shadow(bundle, 3)))
        .containsExactly(InstanceReport.State.ACTIVATED);
    assertThat(epoch()).contains(3L);
  }

  @Test
  void settle_bundleNotHere_endsTheShadowBeforeAndWaits() {
    arrive(0, Publication.shadow(bundle, 1));

    assertThat(arrive(1, Publication.shadow(other, 2)))
        .containsExactly(InstanceReport.State.WAITING_FOR_BUNDLE);
    assertThat(epoch()).isEmpty();
    assertThat(keeper.settle(6)).isEmpty();
    assertThat(arrive(2, Publication.shadow(bundle, 2)))
        .containsExactly(InstanceReport.State.REFUSED);

    isOtherHere = true;

    assertThat(keeper.settle(7))
        .extracting(InstanceReport::state)
        .containsExactly(InstanceReport.State.ACTIVATED);
    assertThat(epoch()).contains(2L);
  }

  @Test
  void settle_releaseUnderAShadowsKey_isRefused() {
    keeper.arrive(
        0, Publication.shadow(bundle, 1).key(), Publication.of(bundle, 1).value());

    assertThat(keeper.settle(5))
        .extracting(InstanceReport::state)
        .containsExactly(InstanceReport.State.REFUSED);
    assertThat(epoch()).isEmpty();
  }

  @Test
  void arrive_tombstone_endsNothing() {
    arrive(0, Publication.shadow(bundle, 1));
    keeper.arrive(1, Publication.shadow(bundle, 1).key(), null);

    assertThat(keeper.settle(5)).isEmpty();
    assertThat(epoch()).contains(1L);
  }

  @Test
  void isShadow_key_tellsByItsMarkAlone() {
    assertThat(ShadowKeeper.isShadow(Publication.shadow(bundle, 1).key())).isTrue();
    assertThat(ShadowKeeper.isShadow("listing!shadow@4".getBytes(StandardCharsets.UTF_8)))
        .isTrue();
    assertThat(ShadowKeeper.isShadow(Publication.of(bundle, 1).key())).isFalse();
    assertThat(ShadowKeeper.isShadow("passenger!shadow".getBytes(StandardCharsets.UTF_8)))
        .isFalse();
    assertThat(ShadowKeeper.isShadow(null)).isFalse();
  }
}
