package dev.weir.operations.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Seal;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.policy.SampleKeys;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.Release;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.model.json.CanonicalJson;
import dev.weir.operations.policy.NewKey;
import dev.weir.operations.policy.PolicyTopic;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.testkit.bundle.TinyBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One test for each cause: what has to differ, and nothing else, for a replay to tell it. Long because all causes are told of
 * the same part.
 */
class PartReplayTest {
  private static final String TOPIC = "weir.passenger.records";
  private static final int RECORDS = 4;
  private static final long TIME = 1_700_000_000_000L;
  private static final long BOOK = 7;

  @TempDir
  static Path directory;

  private static Bundle bundle;
  private static PolicyFile hotfix;

  @BeforeAll
  static void load() {
    bundle = TinyBundle.write(directory.resolve("tiny"));
    hotfix = policy("passenger/hotfix");
  }

  private static PolicyFile policy(String name) {
    return PolicyFile.read(name, PolicyFile.shippedText(name), bundle.definition());
  }

  private static Release release(PolicyFile file, long epoch, Secrets secrets) {
    Gate gate = new Gate(file.policy(), bundle, secrets);
    return new Release(
        "passenger", "v" + epoch, epoch, 0, OptionalLong.empty(), file.fingerprint(), gate);
  }

  /** Four passengers who are accepted, in one batch. */
  private static SealedBatch decided() {
    return decided(release(hotfix, 1, Secrets.DEMO));
  }

  private static SealedBatch decided(Release release) {
    RecordParser parser = new RecordParser(bundle.definition().domain());
    List<Batch.Member> members = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      RawRecord record = (RawRecord) parser.typed(TinyBundle.passenger(4 * i + 3)::get, List.of());
      members.add(new Batch.Member(record, new Position(TOPIC, 0, 10 + i), TIME + i));
    }
    Batch batch = new Batch("b", 10, CloseReason.SIZE, members, 0, TIME + RECORDS - 1);
    return SealedBatch.of(
        release.decide(Controls.NONE, batch, OptionalLong.of(BOOK)).decisions());
  }

  private static List<LoggedDecision> wire() {
    return wire(decided());
  }

  private static List<LoggedDecision> wire(SealedBatch decided) {
    DecisionCodec codec = new DecisionCodec();
    return codec.encode(decided).stream()
        .<LoggedDecision>map(bytes -> new LoggedDecision.Wire(bytes, codec.input(bytes)))
        .toList();
  }

  /** The decisions as lines, changed alike and sealed again, as if they had been decided so. */
  private static List<LoggedDecision> lines(Consumer<ObjectNode> change) {
    List<ObjectNode> lines = decided().json();
    lines.forEach(change);
    List<Fingerprint> seals = lines.stream().map(Seal::of).toList();
    String root = dev.weir.gating.decision.MerkleTree.root(seals).hex();
    for (int i = 0; i < lines.size(); i++) {
      lines.get(i).put(Seal.SEAL, seals.get(i).hex()).put(Seal.BATCH_SEAL, root);
    }
    return lines.stream().map(PartReplayTest::line).toList();
  }

  private static LoggedDecision line(ObjectNode json) {
    return read(CanonicalJson.inOwnOrder(json));
  }

  private static LoggedDecision read(String line) {
    try {
      return LineReader.read(line.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static LoggedPart part(List<LoggedDecision> decisions) {
    return LoggedPart.of(decisions.get(0).part(), decisions);
  }

  private static Releases releases(Optional<String> instead, PolicyTopic.Published... published) {
    return new Releases(
        List.of(bundle),
        instead,
        new PublishedBook(List.of(published), Optional.empty()),
        Secrets.DEMO);
  }

  private static ReplayReport replay(LogForm form, LoggedPart part, Releases releases) {
    return new PartReplay(releases, form, PayloadReader.withoutRegistry()).replay(part);
  }

  private static ReplayReport replay(LoggedPart part) {
    LogForm form =
        part.decisions().get(0) instanceof LoggedDecision.Wire ? new WireForm() : new LineForm();
    return replay(form, part, releases(Optional.empty()));
  }

  private static void assertAll(ReplayReport report, Cause cause) {
    assertThat(report.counts()).isEqualTo(Map.of(cause, (long) RECORDS));
  }

  @Test
  void replay_recordedRelease_isTheSame() {
    assertAll(replay(part(wire())), Cause.SAME);
    assertAll(replay(part(lines(line -> {}))), Cause.SAME);
  }

  @Test
  void replay_linesOfAnotherWriter_areTheSameIfTheySayTheSame() {
    List<LoggedDecision> spelled = lines(line -> {}).stream()
        .map(line -> read(new String(((LoggedDecision.Line) line).line(), StandardCharsets.UTF_8)
            .replace("\"batchSize\":4", " \"batchSize\" : 4.0e0")
            .replace(":", ": ")))
        .toList();

    assertAll(replay(part(spelled)), Cause.SAME);
  }

  @Test
  void replay_nameThatComesTwice_isUnexplained() {
    List<LoggedDecision> twice = lines(line -> {}).stream()
        .map(line -> read(new String(((LoggedDecision.Line) line).line(), StandardCharsets.UTF_8)
            .replace("\"fragile\":", "\"fragile\":null,\"fragile\":")))
        .toList();

    assertAll(replay(part(twice)), Cause.UNEXPLAINED);
  }

  @Test
  void replay_oneDecisionMissing_lacksInput() {
    ReplayReport report = replay(part(wire().subList(0, RECORDS - 1)));

    assertThat(report.count(Cause.MISSING_INPUT)).isEqualTo(RECORDS - 1);
    assertThat(report.examples().get(Cause.MISSING_INPUT))
        .containsExactly("part b#10@" + TOPIC + "-0: 3 of 4 decisions");
  }

  @Test
  void replay_policyNowhere_lacksInput() {
    String nowhere = Fingerprint.of("nowhere").hex();

    ReplayReport report =
        replay(part(lines(line -> ((ObjectNode) line.path("release")).put("policy", nowhere))));

    assertAll(report, Cause.MISSING_INPUT);
    assertThat(report.text()).contains("give it by --policy or --release");
  }

  @Test
  void replay_otherEngine_saysSemantics() {
    assertAll(replay(part(lines(line -> line.put("engine", "weir 0.0.9")))), Cause.SEMANTICS);
    assertAll(replay(part(lines(line -> line.put("semantics", 0)))), Cause.SEMANTICS);
  }

  @Test
  void replay_policyWithASampleKeyOfItsOwn_isTheSameByThatKey() {
    String text = PolicyFile.shippedText("passenger/hotfix")
        .replace(
            "auditSample: {rate: 0, slices: {}, key: null}",
            "auditSample: {rate: 0.5, slices: {}, key: reviews}");
    PolicyFile sampled = PolicyFile.read("sampled", text, bundle.definition());
    Secrets secrets =
        new Secrets(new SampleKeys(Map.of("reviews", new byte[] {1, 2, 3})), Optional.empty());

    ReplayReport report = replay(
        new WireForm(),
        part(wire(decided(release(sampled, 1, secrets)))),
        new Releases(List.of(bundle), Optional.of(text), PublishedBook.NONE, secrets));

    assertThat(sampled.policy().auditSample().key()).isEqualTo("reviews");
    assertAll(report, Cause.SAME);
  }

  private static PolicyTopic.Published published(String policy, long epoch, long offset) {
    return published(policy, epoch, offset, 0);
  }

  private static PolicyTopic.Published published(
      String policy, long epoch, long offset, long effectiveFrom) {
    return published(policy(policy).json(), epoch, offset, effectiveFrom);
  }

  private static PolicyTopic.Published published(
      JsonNode policy, long epoch, long offset, long effectiveFrom) {
    ReleasePayload payload = new ReleasePayload(
        "passenger",
        "v" + epoch,
        epoch,
        effectiveFrom,
        OptionalLong.empty(),
        bundle.fingerprint(),
        policy);
    return new PolicyTopic.Published(offset, payload.unsigned(Purpose.DECIDE), payload);
  }

  private static PolicyTopic.Published signed(PolicyTopic.Published published, SigningKey key) {
    return new PolicyTopic.Published(
        published.offset(), published.envelope().signedBy(key), published.payload());
  }

  private static ObjectNode whole(LoggedDecision line) {
    return LineReader.whole((LoggedDecision.Line) line).orElseThrow();
  }

  private static ObjectNode probable(ObjectNode line) {
    return line.put("probability", 0.123);
  }

  @Test
  void replay_newerReleaseWithinTheBook_isALatePolicy() {
    LoggedPart part = part(lines(PartReplayTest::probable));

    assertAll(
        replay(
            new LineForm(),
            part,
            releases(
                Optional.empty(),
                published("passenger/hotfix", 1, 3),
                published("passenger/steady", 2, BOOK))),
        Cause.LATE_POLICY);
  }

  @Test
  void replay_newerReleaseAfterTheBook_changesNothing() {
    assertAll(
        replay(
            new WireForm(),
            part(wire()),
            releases(
                Optional.empty(),
                published("passenger/hotfix", 1, 3),
                published("passenger/steady", 2, BOOK + 1))),
        Cause.SAME);
  }

  @Test
  void replay_epochThatWasRefusedAsNotTheNewest_changesNothing() {
    assertAll(
        replay(
            new LineForm(),
            part(lines(PartReplayTest::probable)),
            releases(
                Optional.empty(),
                published("passenger/hotfix", 1, 3),
                published("passenger/baseline", 3, 4, 2 * TIME),
                published("passenger/steady", 2, 5))),
        Cause.UNEXPLAINED);
  }

  @Test
  void replay_newerReleaseThatNobodyTrustedSigned_changesNothing() {
    SigningKey alice = NewKey.make();
    List<PolicyTopic.Published> published = List.of(
        signed(published("passenger/hotfix", 1, 3), alice),
        published("passenger/steady", 2, 4),
        signed(published("passenger/steady", 3, 5), NewKey.make()));
    Optional<TrustedKeys> trusted = Optional.of(TrustedKeys.anyOf(List.of(alice.publicKey())));
    LoggedPart part = part(lines(PartReplayTest::probable));

    assertAll(
        replay(
            new LineForm(),
            part,
            new Releases(
                List.of(bundle),
                Optional.empty(),
                new PublishedBook(published, trusted),
                Secrets.DEMO)),
        Cause.UNEXPLAINED);
    assertAll(
        replay(
            new LineForm(),
            part,
            releases(Optional.empty(), published.toArray(PolicyTopic.Published[]::new))),
        Cause.LATE_POLICY);
  }

  @Test
  void replay_newerReleaseThatItsBundleCannotRun_changesNothing() {
    ObjectNode broken = policy("passenger/steady").json().deepCopy();
    broken.remove("fragile");

    assertAll(
        replay(
            new LineForm(),
            part(lines(PartReplayTest::probable)),
            releases(
                Optional.empty(), published("passenger/hotfix", 1, 3), published(broken, 2, 4, 0))),
        Cause.UNEXPLAINED);
  }

  @Test
  void replay_otherBundle_saysBundle() {
    assertAll(
        replay(part(lines(line -> ((ObjectNode) probable(line).path("release"))
            .put("bundle", Fingerprint.of("other").hex())))),
        Cause.BUNDLE);
  }

  @Test
  void replay_otherPolicy_saysPolicyAndShowsTheMove() {
    String strict = PolicyFile.shippedText("passenger/hotfix")
        .replace("true: 0.80", "true: 0.9999")
        .replace("false: 0.20", "false: 0.0001");

    ReplayReport report = replay(new WireForm(), part(wire()), releases(Optional.of(strict)));

    assertAll(report, Cause.POLICY);
    assertThat(report.text()).contains("AUTO_ACCEPT, again PRIORITY_AUDIT");
  }

  @Test
  void replay_policyThatDecidesAlike_isTheSame() {
    String steady = PolicyFile.shippedText("passenger/steady");

    ReplayReport report = replay(new WireForm(), part(wire()), releases(Optional.of(steady)));

    assertThat(report.counts().keySet()).isSubsetOf(Cause.SAME, Cause.POLICY);
  }

  private static Map<Long, RawRecords.Raw> records() {
    RecordCodec codec = RecordCodec.of(bundle.definition().domain());
    Map<Long, RawRecords.Raw> records = new HashMap<>();
    for (int i = 0; i < RECORDS; i++) {
      byte[] json = codec.encodeJson(TinyBundle.passenger(4 * i + 3), List.of());
      records.put(10L + i, new RawRecords.Raw(TIME + i, json, new RecordHeaders(), false));
    }
    return records;
  }

  @Test
  void replay_recordsAsTheyWere_isTheSame() {
    assertAll(replay(part(wire()).with(records(), RECORDS)), Cause.SAME);
  }

  @Test
  void replay_recordThatIsNoneNow_saysBatching() {
    Map<Long, RawRecords.Raw> records = records();
    records.put(
        11L,
        new RawRecords.Raw(
            TIME, "none".getBytes(StandardCharsets.UTF_8), new RecordHeaders(), false));

    assertAll(replay(part(wire()).with(records, RECORDS)), Cause.BATCHING);
  }

  @Test
  void replay_recordGone_lacksInput() {
    Map<Long, RawRecords.Raw> records = records();
    records.remove(12L);

    assertAll(replay(part(wire()).with(records, RECORDS)), Cause.MISSING_INPUT);
  }

  @Test
  void replay_valuesErased_saysMasked() {
    assertAll(
        replay(part(lines(line -> {
          probable(line).putArray("masked").add("TravelGroup");
        }))),
        Cause.MASKED);
  }

  @Test
  void replay_changedAfterwards_isUnexplained() {
    List<LoggedDecision> changed = new ArrayList<>(lines(line -> {}));
    changed.set(1, line(probable(whole(changed.get(1)))));

    ReplayReport report = replay(part(changed));

    assertThat(report.counts()).isEqualTo(Map.of(Cause.SAME, RECORDS - 1L, Cause.UNEXPLAINED, 1L));
    assertThat(report.text()).contains("probability 0.123, again ");
  }
}
