package dev.weir.topology.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.gating.shadow.Comparison;
import dev.weir.gating.shadow.ShadowDifference;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.EngineFault;
import dev.weir.testkit.bundle.TinyBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogComparerTest {
  private static final TopicPartition ACCEPTED = new TopicPartition("a", 0);
  private static final TopicPartition AUDITED = new TopicPartition("b", 1);

  @TempDir
  static Path directory;

  private static Bundle bundle;
  private static Bundle other;

  private final LogComparer comparer =
      new LogComparer(() -> Optional.of(release("baseline", other)), new OpenParts(4));
  private long offset;

  @BeforeAll
  static void write() {
    bundle = TinyBundle.write(directory.resolve("tiny"));
    other = TinyBundle.write(directory.resolve("other"), 1);
  }

  private static Release release(String policy, Bundle with) {
    PolicyFile file =
        PolicyFile.read(policy, PolicyFile.shippedText("passenger/" + policy), with.definition());
    Gate gate = new Gate(file.policy(), with, Secrets.DEMO);
    return new Release("passenger", policy, 1, 0, OptionalLong.empty(), file.fingerprint(), gate);
  }

  private static Batch batch(int... numbers) {
    RecordParser parser = new RecordParser(bundle.definition().domain());
    List<Batch.Member> members = new ArrayList<>();
    for (int number : numbers) {
      members.add(new Batch.Member(
          (RawRecord) parser.typed(TinyBundle.passenger(number)::get, List.of()),
          new Position("records", 0, number),
          50));
    }
    return new Batch("b" + numbers[0], numbers[0], CloseReason.MARKER, members, 1, 60);
  }

  private static Gate.Outcome decided(Batch batch) {
    return release("hotfix", bundle).decide(Controls.NONE, batch, OptionalLong.of(3));
  }

  private static List<byte[]> logged(Batch batch) {
    return new DecisionCodec().encode(SealedBatch.of(decided(batch).decisions()));
  }

  private List<ShadowDifference> read(byte[] value, TopicPartition from) {
    return comparer.read(value, from, offset++).differences();
  }

  @Test
  void read_wholePartInAnyOrder_isDecidedAsTheBatchWas() {
    Batch batch = batch(1, 2, 3);
    List<byte[]> log = logged(batch);

    assertThat(read(log.get(2), ACCEPTED)).isEmpty();
    assertThat(read(log.get(0), AUDITED)).isEmpty();
    List<ShadowDifference> found = read(log.get(1), AUDITED);

    Gate.Outcome shadow =
        release("baseline", other).decide(Controls.NONE, batch, OptionalLong.of(3));
    assertThat(found).isEqualTo(Comparison.differences(decided(batch), shadow)).isNotEmpty();
  }

  @Test
  void read_sameDecisionTwice_countsOnce() {
    List<byte[]> log = logged(batch(1, 2));

    assertThat(read(log.get(0), AUDITED)).isEmpty();
    assertThat(read(log.get(0), AUDITED)).isEmpty();
    assertThat(read(log.get(1), AUDITED)).isNotEmpty();
  }

  @Test
  void read_shadowOfTheBundleThatDecided_isTheGatesOwnBusiness() {
    LogComparer same =
        new LogComparer(() -> Optional.of(release("baseline", bundle)), new OpenParts(4));

    assertThat(same.read(logged(batch(1)).get(0), AUDITED, 0).differences()).isEmpty();
  }

  @Test
  void read_noDecision_isPassedOverAndAnAlertSaysSoOnce() {
    LogComparer.Found found = comparer.read(new byte[] {1}, AUDITED, 7);

    assertThat(found.differences()).isEmpty();
    assertThat(found.alert().orElseThrow().message())
        .startsWith("shadow baseline, epoch 1, could not decide what lies at b-1, offset 7;")
        .contains("1 bytes beginning with 01 are not a decision");
    assertThat(comparer.read(null, AUDITED, 8)).isEqualTo(LogComparer.Found.NOTHING);
  }

  @Test
  void read_engineFault_isLeftOutWithoutAWord() {
    Batch batch = batch(1);
    byte[] fault = new DecisionCodec()
        .encode(new EngineFault(
            decided(batch).decisions().get(0).batch(),
            batch.records().get(0).source(),
            50,
            batch.records().get(0).record(),
            decided(batch).decisions().get(0).release(),
            Controls.NONE.stamp()));

    assertThat(comparer.read(fault, AUDITED, 7)).isEqualTo(LogComparer.Found.NOTHING);
  }

  @Test
  void restart_openPart_isReadAgainFromItsFirstDecision() {
    List<byte[]> log = logged(batch(1, 2, 3));
    comparer.read(log.get(0), AUDITED, 7);
    comparer.read(logged(batch(5)).get(0), AUDITED, 8);
    comparer.read(log.get(1), AUDITED, 9);

    Map<TopicPartition, Long> next = Map.of(ACCEPTED, 4L, AUDITED, 10L);

    assertThat(comparer.restart(next)).isEqualTo(Map.of(ACCEPTED, 4L, AUDITED, 7L));
    comparer.read(log.get(2), ACCEPTED, 3);
    assertThat(comparer.restart(next)).isEqualTo(next);
  }

  @Test
  void forget_partsThatCannotBecomeWhole_holdBackNothing() {
    comparer.read(logged(batch(1, 2)).get(0), AUDITED, 7);
    long before = comparer.opened();
    comparer.read(logged(batch(3, 4)).get(0), AUDITED, 8);

    comparer.forget(before);

    assertThat(comparer.restart(Map.of(AUDITED, 20L))).isEqualTo(Map.of(AUDITED, 8L));
  }

  @Test
  void add_moreThanTheLimit_givesUpTheOldestPart() {
    for (int number = 1; number <= 9; number += 2) {
      comparer.read(logged(batch(number, number + 1)).get(0), AUDITED, number);
    }

    Map<TopicPartition, Long> next = Map.of(AUDITED, 20L);

    assertThat(comparer.restart(next)).isEqualTo(Map.of(AUDITED, 3L));
  }
}
