package dev.weir.topology.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.gate.Secrets;
import dev.weir.gating.release.Activation;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.Release;
import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.schemas.wire.EnvelopeCodec;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.testkit.bundle.TinyBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookKeeperTest {
  @TempDir
  Path directory;

  private Bundle bundle;
  private Bundle other;
  private BookKeeper keeper;

  @BeforeEach
  void start() {
    bundle = TinyBundle.write(directory.resolve("bundles/tiny"));
    other = TinyBundle.write(directory.resolve("elsewhere/other"), 1);
    keeper = keeper(new BundleStore(directory.resolve("bundles")), TrustedKeys.NONE);
  }

  private static BookKeeper keeper(
      Function<Fingerprint, Optional<Bundle>> bundles, TrustedKeys trusted) {
    return new BookKeeper(
        "i1", new Activation.Instance("passenger", Purpose.DECIDE, trusted, bundles, Secrets.DEMO));
  }

  private void arrive(long offset, Publication publication) {
    keeper.arrive(offset, publication.key(), publication.value());
  }

  private List<InstanceReport.State> settle() {
    return keeper.settle(5).stream().map(InstanceReport::state).toList();
  }

  @Test
  void settle_goodEnvelope_isActivatedAndReported() {
    arrive(3, Publication.of(bundle, 7));

    List<InstanceReport> reports = keeper.settle(5);

    assertThat(keeper.book().offset()).isEqualTo(3);
    assertThat(keeper.book().newest()).map(Release::epoch).contains(7L);
    assertThat(reports).singleElement().satisfies(report -> {
      assertThat(report.state()).isEqualTo(InstanceReport.State.ACTIVATED);
      assertThat(report.key()).isEqualTo("i1/passenger");
      assertThat(report.epoch()).hasValue(7);
      assertThat(report.policy()).contains(keeper.book().newest().orElseThrow().policy());
    });
  }

  @Test
  void settle_poison_isRefusedAndTheLastGoodStays() {
    arrive(0, Publication.of(bundle, 1));
    keeper.arrive(1, null, new byte[] {1, 2, 3});
    keeper.arrive(2, null, new byte[0]);

    assertThat(settle())
        .containsExactly(
            InstanceReport.State.ACTIVATED,
            InstanceReport.State.REFUSED,
            InstanceReport.State.REFUSED);
    assertThat(keeper.book().newest()).map(Release::epoch).contains(1L);
    assertThat(keeper.book().offset()).isEqualTo(2);
  }

  @Test
  void settle_olderEpoch_isRefusedWithBoth() {
    arrive(0, Publication.of(bundle, 2));
    arrive(1, Publication.of(bundle, 1));

    assertThat(keeper.settle(5).get(1).reason()).contains("epoch 1").contains("2");
  }

  @Test
  void settle_otherScope_isSkippedWithoutAReport() {
    arrive(4, new Publication("listing", 1, bundle.fingerprint(), bundle));

    assertThat(settle()).isEmpty();
    assertThat(keeper.book().offset()).isEqualTo(4);
  }

  @Test
  void settle_brokenEnvelopeOfOtherScope_isNotOursToRefuse() {
    keeper.arrive(4, "listing@9".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});

    assertThat(settle()).isEmpty();
    assertThat(keeper.book().offset()).isEqualTo(4);
  }

  @Test
  void settle_releaseOfOursUnderOtherScopesKey_isIgnored() {
    keeper.arrive(
        0,
        "listing@1".getBytes(StandardCharsets.UTF_8),
        Publication.of(bundle, 1).value());

    assertThat(settle()).isEmpty();
    assertThat(keeper.book().newest()).isEmpty();
  }

  @Test
  void settle_signedByATrustedKey_isActivated() throws NoSuchAlgorithmException {
    SigningKey key = SigningKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    keeper = keeper(
        new BundleStore(directory.resolve("bundles")), TrustedKeys.anyOf(List.of(key.publicKey())));
    Publication release = Publication.of(bundle, 1);
    arrive(0, release);
    EnvelopeCodec codec = new EnvelopeCodec();
    keeper.arrive(1, release.key(), codec.encode(codec.decode(release.value()).signedBy(key)));

    assertThat(settle())
        .containsExactly(InstanceReport.State.REFUSED, InstanceReport.State.ACTIVATED);
  }

  @Test
  void settle_wrongKey_isRefused() {
    keeper.arrive(0, new byte[] {'x'}, Publication.of(bundle, 1).value());

    assertThat(keeper.settle(5))
        .singleElement()
        .satisfies(report -> assertThat(report.reason()).contains("'x'").contains("'passenger@1'"));
  }

  @Test
  void arrive_tombstone_disablesNothing() {
    arrive(0, Publication.of(bundle, 1));
    keeper.settle(5);
    keeper.arrive(1, Publication.of(bundle, 1).key(), null);

    assertThat(settle()).isEmpty();
    assertThat(keeper.book().newest()).isPresent();
    assertThat(keeper.book().offset()).isEqualTo(1);
  }

  @Test
  void settle_bundleNotHere_holdsTheBookBackUntilItComes() throws IOException {
    arrive(0, Publication.of(bundle, 1));
    arrive(1, Publication.of(other, 2));
    arrive(2, Publication.of(bundle, 3));
    keeper.arrive(3, null, null);

    assertThat(settle())
        .containsExactly(InstanceReport.State.ACTIVATED, InstanceReport.State.WAITING_FOR_BUNDLE);
    assertThat(settle()).isEmpty();
    assertThat(keeper.book().offset()).isZero();

    Files.move(directory.resolve("elsewhere/other"), directory.resolve("bundles/other"));

    assertThat(settle())
        .containsExactly(InstanceReport.State.ACTIVATED, InstanceReport.State.ACTIVATED);
    assertThat(keeper.book().offset()).isEqualTo(2);
  }

  @Test
  void settle_changedBundle_isRefused() throws IOException {
    Files.writeString(directory.resolve("bundles/tiny/glm.json"), "{}");
    arrive(0, Publication.of(bundle, 1));

    assertThat(keeper.settle(5)).singleElement().satisfies(report -> {
      assertThat(report.state()).isEqualTo(InstanceReport.State.REFUSED);
      assertThat(report.reason()).contains("glm.json was changed");
    });
  }

  @Test
  void settle_diskFails_waitsAndTriesAgain() {
    int[] calls = {0};
    keeper = keeper(
        (Fingerprint wanted) -> {
          if (calls[0]++ == 0) {
            throw new UncheckedIOException(new IOException("disk"));
          }
          return Optional.of(bundle);
        },
        TrustedKeys.NONE);
    arrive(0, Publication.of(bundle, 1));

    assertThat(settle()).containsExactly(InstanceReport.State.WAITING_FOR_BUNDLE);
    assertThat(settle()).containsExactly(InstanceReport.State.ACTIVATED);
  }

  @Test
  void settle_engineFails_isRefusedAndTheNextHasItsTurn() {
    keeper = keeper(
        (Fingerprint wanted) -> {
          if (wanted.equals(other.fingerprint())) {
            throw new IllegalStateException("broken");
          }
          return Optional.of(bundle);
        },
        TrustedKeys.NONE);
    arrive(0, Publication.of(other, 1));
    arrive(1, Publication.of(bundle, 2));

    assertThat(settle())
        .containsExactly(InstanceReport.State.REFUSED, InstanceReport.State.ACTIVATED);
  }
}
