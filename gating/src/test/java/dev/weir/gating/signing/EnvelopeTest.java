package dev.weir.gating.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final Envelope HELLO =
      Envelope.unsigned("http://example.com/HelloWorld", bytes("hello world"));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void toSign_exampleOfTheProtocol_isItsEncoding() {
    // DSSE protocol.md, "Test vectors".
    assertThat(HELLO.toSign())
        .isEqualTo(bytes("DSSEv1 29 http://example.com/HelloWorld 11 hello world"));
  }

  @Test
  void toSign_typeOutsideAscii_countsBytes() {
    assertThat(Envelope.unsigned("é", new byte[0]).toSign()).isEqualTo(bytes("DSSEv1 2 é 0 "));
  }

  @Test
  void toSign_borderMovedBetweenTypeAndPayload_differs() {
    assertThat(Envelope.unsigned("a", bytes("b c")).toSign())
        .isNotEqualTo(Envelope.unsigned("a b", bytes("c")).toSign());
  }

  @Test
  void signedBy_twice_hasOneSignatureEach() {
    Envelope signed = HELLO.signedBy(Keys.FIRST).signedBy(Keys.SECOND).signedBy(Keys.FIRST);

    assertThat(signed.signatures())
        .extracting(Envelope.Signature::keyId)
        .containsExactlyInAnyOrder(Keys.FIRST.keyId(), Keys.SECOND.keyId());
  }

  @Test
  void json_anyEnvelope_readsBack() {
    Envelope signed = HELLO.signedBy(Keys.FIRST);

    Envelope found = EnvelopeJson.read(EnvelopeJson.write(signed));

    assertThat(found).usingRecursiveComparison().isEqualTo(signed);
  }

  @Test
  void json_exampleOfTheProtocol_reads() {
    Envelope found = EnvelopeJson.read("""
        {"payload": "aGVsbG8gd29ybGQ=", "payloadType": "http://example.com/HelloWorld",
         "signatures": [{"keyid": "66301bbf", "sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}
        """);

    assertThat(found.payload()).isEqualTo(HELLO.payload());
    assertThat(found.payloadType()).isEqualTo(HELLO.payloadType());
    assertThat(found.signatures().get(0).sig()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"payload\": \"\", \"payloadType\": \"t\"}",
        "{\"payload\": \"\", \"payloadType\": \"t\", \"signatures\": {}}",
        "{\"payload\": \"\", \"payloadType\": \"t\", \"signatures\": [], \"more\": 1}",
        "{\"payload\": \"!\", \"payloadType\": \"t\", \"signatures\": []}",
        "{\"payload\": \"\", \"payloadType\": 1, \"signatures\": []}",
        "{\"payload\": \"\", \"payloadType\": \"t\", \"signatures\": [{\"keyid\": \"k\"}]}"
      })
  void json_noEnvelope_isRefused(String text) {
    assertThatThrownBy(() -> EnvelopeJson.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not an envelope");
  }

  @Test
  void require_truthTable_isThatOfTheGate() {
    TrustedKeys one = TrustedKeys.anyOf(List.of(Keys.FIRST.publicKey()));
    TrustedKeys.NONE.require(HELLO);
    one.require(HELLO.signedBy(Keys.FIRST));
    one.require(HELLO.signedBy(Keys.SECOND).signedBy(Keys.FIRST));
    refused(TrustedKeys.NONE, HELLO.signedBy(Keys.FIRST), "no verifier is configured");
    refused(one, HELLO, "not signed");
    refused(one, HELLO.signedBy(Keys.SECOND), "0 good signatures");
  }

  @Test
  void require_twoSignatures_needTwoPeople() {
    TrustedKeys two = new TrustedKeys(
        List.of(Keys.FIRST.publicKey(), Keys.SECOND.publicKey(), Keys.THIRD.publicKey()), 2);
    Envelope once = HELLO.signedBy(Keys.FIRST);
    Envelope.Signature same = once.signatures().get(0);
    two.require(once.signedBy(Keys.THIRD));
    refused(two, once, "1 good signatures");
    refused(
        two,
        new Envelope(HELLO.payloadType(), HELLO.payload(), List.of(same, same)),
        "1 good signatures");
  }

  @Test
  void require_anythingChangedAfterSigning_isRefused() {
    TrustedKeys one = TrustedKeys.anyOf(List.of(Keys.FIRST.publicKey()));
    List<Envelope.Signature> signatures = HELLO.signedBy(Keys.FIRST).signatures();
    refused(one, new Envelope(HELLO.payloadType(), bytes("hello World"), signatures), "0 good");
    refused(one, new Envelope("text/plain", HELLO.payload(), signatures), "0 good");
    refused(
        one,
        new Envelope(
            HELLO.payloadType(),
            HELLO.payload(),
            List.of(new Envelope.Signature(Keys.FIRST.keyId(), new byte[64]))),
        "0 good");
  }

  @Test
  void require_signaturesAtTheLimit_areLookedAt() {
    TrustedKeys one = TrustedKeys.anyOf(List.of(Keys.FIRST.publicKey()));
    one.require(padded(TrustedKeys.SIGNATURES_MAX));
    refused(one, padded(TrustedKeys.SIGNATURES_MAX + 1), "17 signatures, limit 16");
  }

  private static Envelope padded(int count) {
    List<Envelope.Signature> signatures =
        new ArrayList<>(HELLO.signedBy(Keys.FIRST).signatures());
    while (signatures.size() < count) {
      signatures.add(new Envelope.Signature("somebody", new byte[64]));
    }
    return new Envelope(HELLO.payloadType(), HELLO.payload(), signatures);
  }

  private static void refused(TrustedKeys trusted, Envelope envelope, String why) {
    assertThatThrownBy(() -> trusted.require(envelope))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void trustedKeys_thatCannotBeMet_areRefused() {
    List<VerifyingKey> one = List.of(Keys.FIRST.publicKey());
    assertThatThrownBy(() -> new TrustedKeys(one, 0)).hasMessageContaining("signaturesMin 0");
    assertThatThrownBy(() -> new TrustedKeys(one, 2)).hasMessageContaining("signaturesMin 2");
    assertThatThrownBy(() -> new TrustedKeys(List.of(), 1)).hasMessageContaining("signaturesMin 1");
    assertThatThrownBy(
            () -> TrustedKeys.anyOf(List.of(Keys.FIRST.publicKey(), Keys.FIRST.publicKey())))
        .hasMessageContaining("twice");
  }

  @Test
  void signers_goodSignatureUnderAnothersKeyId_doesNotCount() {
    Envelope signed = new Envelope("text/plain", new byte[] {1}, List.of()).signedBy(Keys.FIRST);
    Envelope claimed = new Envelope(
        "text/plain",
        new byte[] {1},
        List.of(new Envelope.Signature(
            Keys.SECOND.keyId(), signed.signatures().get(0).sig())));
    TrustedKeys both = new TrustedKeys(List.of(Keys.FIRST.publicKey(), Keys.SECOND.publicKey()), 1);

    assertThat(both.signers(signed)).containsExactly(Keys.FIRST.keyId());
    assertThat(both.signers(claimed)).isEmpty();
  }

  @Test
  void require_tooFewSignatures_namesKeysByTheirBeginnings() {
    Envelope signed = new Envelope("text/plain", new byte[] {1}, List.of()).signedBy(Keys.SECOND);
    Envelope short12 = new Envelope(
        "text/plain",
        new byte[] {1},
        List.of(new Envelope.Signature("twelve-chars", new byte[64])));
    TrustedKeys trusted = TrustedKeys.anyOf(List.of(Keys.FIRST.publicKey()));

    assertThatThrownBy(() -> trusted.require(signed))
        .hasMessageEndingWith("0 good signatures by trusted keys, 1 needed; signed by ["
            + Keys.SECOND.keyId().substring(0, 12) + "…], trusted here ["
            + Keys.FIRST.keyId().substring(0, 12) + "…]");
    assertThatThrownBy(() -> trusted.require(short12))
        .hasMessageContaining("signed by [twelve-chars],");
  }

  @Test
  void trustedKeys_noneButASignatureAsked_areRefused() {
    assertThatThrownBy(() -> new TrustedKeys(List.of(), 1))
        .hasMessageContaining("signaturesMin 1 is outside [0, 0]");
  }

  @Test
  void verifyingKey_sameKey_isEqualAndNamedByItsId() {
    VerifyingKey first = Keys.FIRST.publicKey();
    VerifyingKey again = VerifyingKey.of(first.encoded());

    assertThat(again).isEqualTo(first).hasSameHashCodeAs(first).hasToString(first.keyId());
    assertThat(again).isNotEqualTo(Keys.SECOND.publicKey()).isNotEqualTo(first.keyId());
  }
}
