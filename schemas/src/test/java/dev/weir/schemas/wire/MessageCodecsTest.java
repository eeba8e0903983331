package dev.weir.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.gating.decision.Alert;
import dev.weir.gating.signing.Envelope;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.schemas.avro.AlertKind;
import dev.weir.schemas.avro.Route;
import dev.weir.schemas.avro.RouteCount;
import dev.weir.schemas.avro.SliceCount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageCodecsTest {
  @Test
  void decode_hold_isWhatWasSent() {
    HoldCodec codec = new HoldCodec();

    var found = codec.decode(codec.encode(Decisions.hold()));

    assertThat(found.getBatch().getSize()).isEqualTo(3);
    assertThat(found.getFragile()).isEqualTo(2);
    assertThat(found.getRule()).isEqualTo("fraction 0.667 >= 0.05");
    assertThat(found.getSlices())
        .containsExactly(new SliceCount("thin_slice", 2), new SliceCount("missing_context", 0));
    assertThat(found.getRecordRoutes())
        .containsExactly(
            new RouteCount(Route.AUTO_ACCEPT, 1), new RouteCount(Route.PRIORITY_AUDIT, 1));
  }

  @Test
  void decode_alert_isWhatWasSent() {
    AlertCodec codec = new AlertCodec();

    var found =
        codec.decode(codec.encode(new Alert(Alert.Kind.CANARY_ACCEPTED, "0237_01", "a canary"), 5));

    assertThat(found.getKind()).isEqualTo(AlertKind.CANARY_ACCEPTED);
    assertThat(found.getSubject()).isEqualTo("0237_01");
    assertThat(found.getAt()).isEqualTo(5);
  }

  @Test
  void decode_envelope_isWhatWasSent() {
    EnvelopeCodec codec = new EnvelopeCodec();
    Envelope sent = new Envelope(
        "application/x",
        new byte[] {1, 2, 3},
        List.of(new Envelope.Signature("key-1", new byte[] {4, 5})));

    Envelope found = codec.decode(codec.encode(sent));

    assertThat(found.payloadType()).isEqualTo("application/x");
    assertThat(found.payload()).containsExactly(1, 2, 3);
    assertThat(found.signatures()).hasSize(1);
    assertThat(found.signatures().get(0).keyId()).isEqualTo("key-1");
    assertThat(found.signatures().get(0).sig()).containsExactly(4, 5);
  }

  @ParameterizedTest
  @EnumSource(InstanceReport.State.class)
  void decode_report_isWhatWasSent(InstanceReport.State state) {
    ActivationCodec codec = new ActivationCodec();
    InstanceReport sent = new InstanceReport(
        "gate-1",
        "passenger",
        12,
        OptionalLong.of(7),
        Optional.of("baseline-7"),
        state,
        "",
        Optional.of(Fingerprint.of("policy")),
        Optional.of(Fingerprint.of("bundle")),
        99);

    assertThat(codec.decode(codec.encode(sent))).isEqualTo(sent);
    assertThat(sent.key()).isEqualTo("gate-1/passenger");
  }

  @Test
  void decode_reportOnUnreadableEnvelope_isWhatWasSent() {
    ActivationCodec codec = new ActivationCodec();
    InstanceReport sent = new InstanceReport(
        "gate-1",
        "passenger",
        12,
        OptionalLong.empty(),
        Optional.empty(),
        InstanceReport.State.REFUSED,
        "not an envelope",
        Optional.empty(),
        Optional.empty(),
        99);

    assertThat(codec.decode(codec.encode(sent))).isEqualTo(sent);
  }

  @Test
  void wireEnums_haveEveryNameOfTheCores() {
    requireNames(dev.weir.gating.decision.Route.values(), Route.values());
    requireNames(dev.weir.gating.decision.Reason.values(), dev.weir.schemas.avro.Reason.values());
    requireNames(
        dev.weir.gating.decision.CapCause.values(), dev.weir.schemas.avro.CapCause.values());
    requireNames(
        dev.weir.gating.decision.CloseReason.values(), dev.weir.schemas.avro.CloseReason.values());
    requireNames(Alert.Kind.values(), AlertKind.values());
    requireNames(InstanceReport.State.values(), dev.weir.schemas.avro.ActivationState.values());
    assertThat(dev.weir.schemas.avro.ActivationState.values())
        .hasSameSizeAs(InstanceReport.State.values());
  }

  @Test
  void known_symbolOfANewerVersion_saysSo() {
    assertThat(Symbols.known(dev.weir.gating.decision.Route.class, Route.HELD))
        .isEqualTo(dev.weir.gating.decision.Route.HELD);
    assertThatExceptionOfType(UndecodableRecord.class)
        .isThrownBy(() -> Symbols.known(dev.weir.gating.decision.Route.class, Route.UNKNOWN))
        .withMessageStartingWith("a decision with a Route that this version does not know;");
  }

  private static void requireNames(Enum<?>[] core, Enum<?>[] wire) {
    assertThat(Stream.of(wire).map(Enum::name))
        .contains("UNKNOWN")
        .containsAll(Stream.of(core).map(Enum::name).toList());
  }
}
