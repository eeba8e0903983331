package dev.weir.gating.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.policy.SampleKeys;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.Keys;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an envelope: all or nothing (gate.md §11). */
class ActivationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PolicyFile POLICY = TinyGate.policy("baseline");
  private static final Function<Fingerprint, Optional<Bundle>> BUNDLES =
      name -> Optional.of(TinyGate.BUNDLE).filter(b -> b.fingerprint().equals(name));

  private static ReleasePayload payload(long epoch) {
    return new ReleasePayload(
        "passenger",
        "v" + epoch,
        epoch,
        100,
        OptionalLong.of(900),
        TinyGate.BUNDLE.fingerprint(),
        POLICY.json());
  }

  private static Activation activate(Envelope envelope, long newestEpoch) {
    return Activation.of(envelope, instance(TrustedKeys.NONE), newestEpoch);
  }

  private static Activation.Instance instance(TrustedKeys trusted) {
    return new Activation.Instance("passenger", Purpose.DECIDE, trusted, BUNDLES, Secrets.DEMO);
  }

  private static Activation activate(byte[] payload) {
    return activate(new Envelope(Purpose.DECIDE.payloadType(), payload, List.of()), -1);
  }

  private static Activation changed(Consumer<ObjectNode> change) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(payload(3).bytes());
      change.accept(json);
      return activate(CanonicalJson.of(json).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(Activation found, String... words) {
    assertThat(found).isInstanceOf(Activation.Refused.class);
    assertThat(((Activation.Refused) found).reason()).contains(words);
  }

  @Test
  void of_goodEnvelope_isActivatedAsItSays() {
    Activation found = activate(payload(3).unsigned(Purpose.DECIDE), -1);
    Release release = ((Activation.Activated) found).release();
    assertThat(release.epoch()).isEqualTo(3);
    assertThat(release.version()).isEqualTo("v3");
    assertThat(release.effectiveFrom()).isEqualTo(100);
    assertThat(release.expires()).hasValue(900);
    assertThat(release.policy()).isEqualTo(POLICY.fingerprint());
    assertThat(release.gate().bundle().fingerprint()).isEqualTo(TinyGate.BUNDLE.fingerprint());
  }

  @Test
  void payload_bytes_readBackEqual() {
    assertThat(ReleasePayload.read(payload(3).bytes()).bytes())
        .isEqualTo(payload(3).bytes());
    assertThat(ReleasePayload.read(payload(3).bytes()).expires()).hasValue(900);
  }

  @Test
  void of_anyFieldMissing_isRefusedByName() {
    for (String field :
        List.of("scope", "version", "epoch", "effectiveFrom", "expires", "bundle", "policy")) {
      assertRefused(changed(json -> json.remove(field)), "'" + field + "' is missing");
    }
  }

  @Test
  void of_extraField_isRefusedByName() {
    assertRefused(changed(json -> json.put("note", "hello")), "'note' is not known");
  }

  @Test
  void of_anyFieldOfWrongKind_isRefusedByName() {
    Map<String, String> wrong = Map.of(
        "scope",
        "1",
        "version",
        "true",
        "epoch",
        "\"3\"",
        "effectiveFrom",
        "1.5",
        "expires",
        "\"never\"",
        "bundle",
        "\"abc\"",
        "policy",
        "[]");
    wrong.forEach((field, value) ->
        assertRefused(changed(json -> json.set(field, tree(value))), field));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void of_negativeOrHugeNumbers_areRefusedByName() {
    assertRefused(changed(json -> json.put("epoch", -1)), "epoch");
    assertRefused(changed(json -> json.put("effectiveFrom", 0x1p60)), "effectiveFrom");
    assertRefused(changed(json -> json.put("expires", -5)), "expires");
  }

  @Test
  void of_noJson_isRefused() {
    assertRefused(activate("{".getBytes(StandardCharsets.UTF_8)), "JSON");
    assertRefused(activate(new byte[0]), "payload");
    assertRefused(activate("[]".getBytes(StandardCharsets.UTF_8)), "payload");
  }

  @Test
  void of_payloadThatIsNotCanonical_isRefused() {
    String text = new String(payload(3).bytes(), StandardCharsets.UTF_8);
    assertRefused(activate((text + " {}").getBytes(StandardCharsets.UTF_8)), "canonical");
    String twice = text.replace("\"epoch\":3", "\"epoch\":9,\"epoch\":3");
    assertRefused(activate(twice.getBytes(StandardCharsets.UTF_8)), "canonical");
  }

  @Test
  void of_otherScope_isNoneOfOurBusiness() {
    assertThat(changed(json -> json.put("scope", "listing")))
        .isEqualTo(new Activation.OtherScope("listing"));
  }

  @Test
  void of_policyOfOtherScope_isRefused() {
    assertRefused(
        changed(json -> ((ObjectNode) json.path("policy")).put("scope", "listing")), "listing");
  }

  @Test
  void of_wrongPolicy_isRefusedWithEveryMistake() {
    Activation found = changed(json -> {
      ((ObjectNode) json.path("policy").path("accept")).put("true", 1.5);
      ((ObjectNode) json.path("policy")).put("semantics", 2);
    });
    assertRefused(found, "accept.true 1.5 is outside [0, 1]", "semantics 2");
  }

  @Test
  void of_epochNotAboveTheNewest_isRefused() {
    Activation first = activate(payload(3).unsigned(Purpose.DECIDE), -1);
    ReleaseBook book = ReleaseBook.EMPTY.with(((Activation.Activated) first).release(), 0);
    assertRefused(activate(payload(3).unsigned(Purpose.DECIDE), book.newestEpoch()), "epoch 3");
    assertRefused(activate(payload(2).unsigned(Purpose.DECIDE), book.newestEpoch()), "epoch 2");
    assertThat(activate(payload(4).unsigned(Purpose.DECIDE), book.newestEpoch()))
        .isInstanceOf(Activation.Activated.class);
    assertThat(book.releases()).hasSize(1);
  }

  @Test
  void of_unknownBundle_waitsForIt() {
    Fingerprint other = Fingerprint.of("other");
    assertThat(changed(json -> json.put("bundle", other.hex())))
        .isEqualTo(new Activation.WaitingForBundle(other));
  }

  @Test
  void of_unusableBundle_isRefusedWithItsReason() {
    Activation found = Activation.of(
        payload(3).unsigned(Purpose.DECIDE),
        new Activation.Instance(
            "passenger",
            Purpose.DECIDE,
            TrustedKeys.NONE,
            name -> {
              throw new IllegalArgumentException("member-00.json was changed");
            },
            Secrets.DEMO),
        -1);
    assertRefused(found, "member-00.json was changed");
  }

  @Test
  void of_signedWithoutVerifier_isRefused() {
    Envelope signed = new Envelope(
        Purpose.DECIDE.payloadType(),
        payload(3).bytes(),
        List.of(new Envelope.Signature("k", new byte[64])));
    assertRefused(activate(signed, -1), "signed");
  }

  @Test
  void of_signedAndTrusted_isActivated() {
    TrustedKeys trusted = TrustedKeys.anyOf(List.of(Keys.FIRST.publicKey()));
    Envelope signed = payload(3).unsigned(Purpose.DECIDE).signedBy(Keys.FIRST);
    assertThat(Activation.of(signed, instance(trusted), -1))
        .isInstanceOf(Activation.Activated.class);
  }

  @Test
  void of_unsignedWhereAVerifierIsConfigured_isRefused() {
    TrustedKeys trusted = TrustedKeys.anyOf(List.of(Keys.FIRST.publicKey()));
    assertRefused(
        Activation.of(payload(3).unsigned(Purpose.DECIDE), instance(trusted), -1), "not signed");
  }

  @Test
  void of_signedBySomebodyElse_isRefusedBeforeAnythingIsRead() {
    TrustedKeys trusted = TrustedKeys.anyOf(List.of(Keys.FIRST.publicKey()));
    Envelope other =
        Envelope.unsigned(Purpose.DECIDE.payloadType(), new byte[] {1}).signedBy(Keys.SECOND);
    assertRefused(Activation.of(other, instance(trusted), -1), "0 good signatures");
  }

  @Test
  void releaseKey_text_isItsScopeAndEpoch() {
    assertThat(ReleaseKey.parse("a@b@7")).contains(new ReleaseKey("a@b", Purpose.DECIDE, 7));
    assertThat(new ReleaseKey("passenger", Purpose.DECIDE, 7)).hasToString("passenger@7");
    assertThat(ReleaseKey.parse("passenger!shadow@7"))
        .contains(new ReleaseKey("passenger", Purpose.SHADOW, 7))
        .map(Object::toString)
        .contains("passenger!shadow@7");
    for (String none : List.of("", "passenger", "@7", "passenger@", "passenger@-1", "p@7x")) {
      assertThat(ReleaseKey.parse(none)).as(none).isEmpty();
    }
  }

  @Test
  void of_otherPayloadType_isRefused() {
    assertRefused(
        activate(new Envelope("text/plain", payload(3).bytes(), List.of()), -1), "text/plain");
  }

  @Test
  void of_shadowAmongReleases_isRefused() {
    assertRefused(
        activate(payload(3).unsigned(Purpose.SHADOW), -1), "application/vnd.weir.shadow+json");
  }

  @Test
  void of_signatureOfAShadow_doesNotCountForARelease() {
    Envelope shadow = payload(3).unsigned(Purpose.SHADOW).signedBy(Keys.FIRST);
    Envelope passedOff =
        new Envelope(Purpose.DECIDE.payloadType(), shadow.payload(), shadow.signatures());
    TrustedKeys trusted = TrustedKeys.anyOf(List.of(Keys.FIRST.publicKey()));

    assertRefused(Activation.of(passedOff, instance(trusted), -1), "0 good signatures");
  }

  @Test
  void of_shadowWhereShadowsAreTaken_isActivated() {
    Activation.Instance shadows = new Activation.Instance(
        "passenger", Purpose.SHADOW, TrustedKeys.NONE, BUNDLES, Secrets.DEMO);

    assertThat(Activation.of(payload(3).unsigned(Purpose.SHADOW), shadows, -1))
        .isInstanceOf(Activation.Activated.class);
    assertRefused(
        Activation.of(payload(3).unsigned(Purpose.DECIDE), shadows, -1),
        "application/vnd.weir.release+json");
  }

  @Test
  void of_sampleKeyNotKnownHere_isRefused() {
    Activation found = Activation.of(
        payload(3).unsigned(Purpose.DECIDE),
        new Activation.Instance(
            "passenger",
            Purpose.DECIDE,
            TrustedKeys.NONE,
            BUNDLES,
            new Secrets(new SampleKeys(Map.of()), Optional.empty())),
        -1);
    assertRefused(found, "auditSample.key 'demo'");
  }

  @Test
  void of_policyWithOwnFlagsInAnyOrder_decidesAsTheFileDoes() {
    String text = PolicyFile.shippedText("passenger/steady")
        .replace(
            "extraFlags: {}",
            "extraFlags: {zz_old: {equals: {field: Age, value: 90}}, aa_vip: {equals: {field: VIP,"
                + " value: true}}}")
        .replace("kappa: {", "kappa: {zz_old: 0.1, aa_vip: 0.7, ");
    PolicyFile file = PolicyFile.read("p.yaml", text, TinyBundle.DEFINITION);
    PolicyFile again =
        PolicyFile.read("policy", CanonicalJson.of(file.json()), TinyBundle.DEFINITION);
    assertThat(again.fingerprint()).isEqualTo(file.fingerprint());
    assertThat(again.policy().flags().flags())
        .extracting(flag -> flag.name())
        .containsExactlyElementsOf(
            file.policy().flags().flags().stream().map(flag -> flag.name()).toList());
    assertThat(List.copyOf(again.policy().variance().kappa().keySet()))
        .isEqualTo(List.copyOf(file.policy().variance().kappa().keySet()));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, (1L << 53) + 1})
  void payload_numbersBeyondTheirBounds_areRefused(long beyond) {
    ReleasePayload good = payload(3);

    assertThatThrownBy(() -> numbers(good, beyond, 5, 6)).hasMessageStartingWith("epoch " + beyond);
    assertThatThrownBy(() -> numbers(good, 3, beyond, 6))
        .hasMessageStartingWith("effectiveFrom " + beyond);
    assertThatThrownBy(() -> numbers(good, 3, 5, beyond))
        .hasMessageStartingWith("expires " + beyond);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1L << 53})
  void payload_numbersAtTheirBounds_areTaken(long bound) {
    assertThat(numbers(payload(3), bound, bound, bound).epoch()).isEqualTo(bound);
  }

  private static ReleasePayload numbers(
      ReleasePayload good, long epoch, long effectiveFrom, long expires) {
    return new ReleasePayload(
        good.scope(),
        good.version(),
        epoch,
        effectiveFrom,
        OptionalLong.of(expires),
        good.bundle(),
        good.policy());
  }
}
