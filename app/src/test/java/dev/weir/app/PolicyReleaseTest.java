package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.EnvelopeJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a policy to a signed release, and what one policy changes against another. */
@ExtendWith(Trained.Once.class)
class PolicyReleaseTest {
  private static final String BASELINE = "passenger/baseline";

  @TempDir
  Path directory;

  private Trained trained;
  private Path release;

  @BeforeEach
  void begin(Trained shared) {
    trained = shared;
    release = directory.resolve("release.json");
  }

  private Run freeze(Object policy, Object... more) {
    Object[] arguments = new Object[9 + more.length];
    Object[] first = {
      "policy", "freeze", policy, "--bundle", trained.bundle(), "--epoch", "7", "--out", release
    };
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return Run.of(arguments);
  }

  private Path key(String name) {
    Path key = directory.resolve(name);
    assertThat(Run.of("policy", "keygen", key).code()).isZero();
    return key;
  }

  private static Path file(Path key, String extension) {
    return key.resolveSibling(key.getFileName() + extension);
  }

  private Run sign(Path key) {
    return Run.of("policy", "sign", release, "--key", file(key, ".key"));
  }

  private ReleasePayload payload() throws IOException {
    return ReleasePayload.read(EnvelopeJson.read(Files.readString(release)).payload());
  }

  private Path ownPolicy() throws IOException {
    String text = PolicyFile.shippedText(BASELINE)
        .replace("extraFlags: {}", "extraFlags: {vip: {equals: {field: VIP, value: true}}}")
        .replace("union: [", "union: [vip, ");
    return Files.writeString(directory.resolve("own.yaml"), text);
  }

  @Test
  void freeze_policyAndBundle_sayEverythingOfTheRelease() throws IOException {
    Run run = freeze(
        BASELINE,
        "--effective-from",
        "2026-12-01T00:00:00Z",
        "--expires",
        "2027-01-01T00:00:00Z",
        "--version-name",
        "winter");

    assertThat(run.code()).as(run.err()).isZero();
    ReleasePayload found = payload();
    assertThat(found.scope()).isEqualTo("passenger");
    assertThat(found.version()).isEqualTo("winter");
    assertThat(found.epoch()).isEqualTo(7);
    assertThat(found.effectiveFrom()).isEqualTo(1_796_083_200_000L);
    assertThat(found.expires()).hasValue(1_798_761_600_000L);
    assertThat(run.out()).contains(found.bundle().hex());
    assertThat(found.policy().path("hold").has("referenceRate")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "--expires, tomorrow, write it like 2026-12-01T00:00:00Z",
    "--effective-from, 1, write it like",
    "--expires, 2001-01-01T00:00:00Z, is not after --effective-from",
    "--epoch, -1, epoch -1 is outside",
  })
  void freeze_wrongOption_isRefused(String option, String value, String message) {
    Run run = option.equals("--epoch")
        ? Run.of(
            "policy",
            "freeze",
            BASELINE,
            "--bundle",
            trained.bundle(),
            option,
            value,
            "--out",
            release)
        : freeze(BASELINE, option, value);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errLines()).singleElement().asString().contains(message);
    assertThat(release).doesNotExist();
  }

  @Test
  void freeze_ownFlagInTheUnion_takesItsRateFromTheData() throws IOException {
    Run without = freeze(ownPolicy());
    Run with = freeze(ownPolicy(), "--data", trained.data());

    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err()).contains("give --data with ordinary records");
    assertThat(with.code()).as(with.err()).isZero();
    JsonNode rate = payload().policy().path("hold").path("referenceRate");
    assertThat(rate.doubleValue()).isBetween(0.1, 0.9);
    assertThat(with.out()).contains("hold.referenceRate " + rate.doubleValue());
  }

  @Test
  void sign_frozenRelease_isVerifiedByItsKeyAlone() throws IOException {
    Path alice = key("alice");
    Path bob = key("bob");
    freeze(BASELINE);
    byte[] before = payload().bytes();

    Run signed = sign(alice);

    assertThat(signed.code()).as(signed.err()).isZero();
    assertThat(payload().bytes()).isEqualTo(before);
    assertThat(verify(alice).code()).isZero();
    assertThat(verify(bob).code()).isEqualTo(1);
    assertThat(verify(bob).out()).contains("REFUSED: 0 good signatures");
    assertThat(Run.of("policy", "verify", release).out())
        .contains("REFUSED: it is signed, and no verifier is configured");
  }

  private Run verify(Path... trusted) {
    Object[] arguments = new Object[3 + 2 * trusted.length];
    arguments[0] = "policy";
    arguments[1] = "verify";
    arguments[2] = release;
    for (int i = 0; i < trusted.length; i++) {
      arguments[3 + 2 * i] = "--trust";
      arguments[4 + 2 * i] = file(trusted[i], ".pub");
    }
    return Run.of(arguments);
  }

  @Test
  void verify_secondSignature_canBeDemanded() {
    Path alice = key("alice");
    Path bob = key("bob");
    freeze(BASELINE);
    sign(alice);
    Object[] two = {
      "policy",
      "verify",
      release,
      "--trust",
      file(alice, ".pub"),
      "--trust",
      file(bob, ".pub"),
      "--signatures",
      "2"
    };

    assertThat(Run.of(two).code()).isEqualTo(1);
    sign(bob);
    assertThat(Run.of(two).code()).isZero();
  }

  @Test
  void verify_moreSignaturesThanKeys_namesBothOptions() {
    Path alice = key("alice");
    freeze(BASELINE);

    Run run =
        Run.of("policy", "verify", release, "--trust", file(alice, ".pub"), "--signatures", "2");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--signatures 2 is outside [1, 1]", "give --trust for each key");
  }

  @Test
  void verify_signaturesWithoutAKey_areNotTakenForNone() {
    freeze(BASELINE);

    Run run = Run.of("policy", "verify", release, "--signatures", "2");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--signatures 2 is outside [1, 0]", "give --trust for each key");
  }

  @Test
  void verify_unsignedRelease_isGoodOnlyWhereNobodyIsTrusted() {
    freeze(BASELINE);

    assertThat(Run.of("policy", "verify", release).code()).isZero();
    Run run = verify(key("alice"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("REFUSED: it is not signed");
  }

  @Test
  void verify_changedPayload_isRefused() throws IOException {
    Path alice = key("alice");
    freeze(BASELINE);
    sign(alice);
    ObjectMapper json = new ObjectMapper();
    String changed = new String(payload().bytes(), java.nio.charset.StandardCharsets.UTF_8)
        .replace("\"epoch\":7", "\"epoch\":8");
    var envelope =
        (com.fasterxml.jackson.databind.node.ObjectNode) json.readTree(Files.readString(release));
    envelope.put(
        "payload",
        java.util.Base64.getEncoder()
            .encodeToString(changed.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    Files.writeString(release, envelope.toString());

    Run run = verify(alice);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("epoch          8").contains("REFUSED");
  }

  @Test
  void sign_keyThatOthersCanRead_isRefused() throws IOException {
    Path alice = key("alice");
    freeze(BASELINE);
    Files.setPosixFilePermissions(
        file(alice, ".key"), PosixFilePermissions.fromString("rw-r--r--"));

    Run run = sign(alice);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errLines()).singleElement().asString().contains("chmod 600");
  }

  @Test
  void sign_somethingElse_isRefused() throws IOException {
    Path alice = key("alice");
    Files.writeString(release, "{}");

    Run run = sign(alice);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errLines()).singleElement().asString().contains("not an envelope");
  }

  @Test
  void diff_twoPolicies_saysWhatChangesInWords() {
    Run run = Run.of("policy", "diff", "passenger/hotfix", "passenger/steady");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "variance.scope: fragile -> all; tightens",
            "hold.recordsMin: 1 -> 11; loosens",
            "2 changes; taken together it may tighten some records and loosen others");
  }

  @Test
  void diff_onData_countsWhereRecordsGo() {
    Run run = Run.of(
        "policy",
        "diff",
        "passenger/hotfix",
        BASELINE,
        "--bundle",
        trained.bundle(),
        "--data",
        trained.data(),
        "--batch-by",
        "10");

    assertThat(run.code()).as(run.err()).isZero();
    // Baseline holds no batch below 11 records, hotfix any with a fragile record.
    assertThat(run.out())
        .containsPattern("\\d+ of " + Trained.ROWS + " records change their route")
        .containsPattern("HELD +-> AUTO_ACCEPT +[1-9]")
        .containsPattern("BATCH_HELD +[1-9]\\d* -> +0")
        .containsPattern("held [1-9][0-9.]* % -> 0.0 %")
        .containsPattern("audit load [1-9]\\d* -> [1-9]\\d* records");
  }

  @Test
  void diff_samePolicy_movesNothing() {
    Run run = Run.of(
        "policy",
        "diff",
        BASELINE,
        BASELINE,
        "--bundle",
        trained.bundle(),
        "--data",
        trained.data(),
        "--batch-by",
        "group");

    assertThat(run.out())
        .contains("both policies say the same")
        .contains("0 of " + Trained.ROWS + " records change their route, 0 their predicted class,"
            + " 0 anything");
  }

  @Test
  void schema_isJson() throws IOException {
    assertThat(new ObjectMapper()
            .readTree(Run.of("policy", "schema").out())
            .path("title")
            .asText())
        .isEqualTo("Weir policy, semantics 1");
  }

  @ParameterizedTest
  @CsvSource({
    "policy push --bootstrap localhost:1",
    "policy push passenger/baseline --bootstrap localhost:1",
    "policy push --bundle b --bootstrap localhost:1",
    "policy push passenger/baseline --bundle b --release r --bootstrap localhost:1",
  })
  void push_withoutOneOfBoth_saysWhatToGive(String arguments) {
    Run run = Run.of((Object[]) arguments.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .contains("give POLICY and --bundle, or --release");
  }
}
