package dev.weir.gating.gate;

import dev.weir.gating.decision.Reason;
import dev.weir.gating.policy.Limits;
import dev.weir.gating.policy.Policy;
import dev.weir.model.calibration.Platt;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.score.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Random inputs of the gate near its limits, and ways to change one of them. */
record Inputs(
    Policy policy,
    double rate,
    List<Signals> signals,
    int rejected,
    Set<Reason> overriding,
    Set<String> canaries) {
  static final FlagSet FLAGS = DomainDefinition.shipped("passenger").flags();
  private static final List<String> NAMES = FLAGS.names(-1);
  private static final List<String> SOURCES = List.of("Age", "Spa", "channels", "CryoSleep");
  private static final double SLOPE = 0.9;

  BatchGate.Verdict judge() {
    RecordGate gate = new RecordGate(
        policy,
        new Platt(SLOPE, 0),
        0.5,
        SOURCES,
        Set.of("Spa"),
        FLAGS.index("cryo_allzero").getAsInt());
    return new BatchGate(gate, new HoldRule(policy.hold(), rate))
        .judge(signals, rejected, overriding, canaries);
  }

  static Inputs of(Random random) {
    List<Signals> signals = new ArrayList<>();
    int size = 1 + random.nextInt(12);
    for (int i = 0; i < size; i++) {
      signals.add(record("r" + i, random));
    }
    return new Inputs(
        policy(random),
        random.nextDouble(),
        signals,
        random.nextInt(3),
        random.nextInt(8) == 0 ? Set.of(Reason.PAUSED) : Set.of(),
        random.nextInt(4) == 0 ? Set.of("r0") : Set.of());
  }

  private static Signals record(String id, Random random) {
    double sure = random.nextInt(3) == 0 ? 1 : 3;
    double logit = (random.nextBoolean() ? 1 : -1) * (random.nextDouble() * 2 + sure);
    double p = sigmoid(logit);
    double[] contributions = random.nextInt(5) == 0
        ? new double[0]
        : random.doubles(SOURCES.size(), -1.5, 1.5).toArray();
    double spread = random.nextInt(6) == 0 ? 0 : random.nextDouble();
    return new Signals(
        id,
        flagSignals(random),
        random.nextInt(3),
        random.nextInt(2),
        new Score(
            logit / SLOPE,
            0,
            contributions,
            p,
            sigmoid(logit + (random.nextDouble() - 0.5) * 0.6),
            new double[0],
            0.5 + random.nextInt(5) / 8.0,
            sigmoid(logit - spread),
            p,
            sigmoid(logit + spread * random.nextInt(3))),
        Optional.empty());
  }

  private static FlagSignals flagSignals(Random random) {
    long truths = flags(random);
    return new FlagSignals(truths, flags(random) & ~truths, random.nextInt(90));
  }

  private static long flags(Random random) {
    long flags = 0;
    for (int i = 0; i < NAMES.size(); i++) {
      flags |= random.nextInt(7) == 0 ? 1L << i : 0;
    }
    return flags;
  }

  private static Policy policy(Random random) {
    List<String> union = new ArrayList<>();
    Map<String, Double> kappa = new TreeMap<>();
    for (String name : NAMES) {
      if (random.nextBoolean()) {
        union.add(name);
      }
      if (random.nextInt(3) == 0) {
        kappa.put(name, random.nextDouble());
      }
    }
    if (random.nextBoolean()) {
      union.add(Policy.THIN_SLICE);
    }
    kappa.put("missing_count", random.nextDouble() / 5);
    Policy.Scope[] scopes = Policy.Scope.values();
    return new Policy(
        1,
        "passenger",
        FLAGS,
        new Policy.Accept(
            0.6 + random.nextDouble() / 4,
            0.4 - random.nextDouble() / 4,
            0.2 + random.nextDouble() / 2,
            random.nextDouble() / 4),
        new Policy.Fragile(
            union,
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextInt(14),
            limits(random),
            union.isEmpty() ? Map.of() : Map.of(union.get(0), limits(random))),
        new Policy.ThinSlice(random.nextInt(90)),
        new Policy.Caps(
            scopes[random.nextInt(3)],
            random.nextDouble() * 1.5,
            1 + random.nextInt(4),
            random.nextDouble() * 3,
            random.nextDouble(),
            "multi_high_spend"),
        new Policy.Variance(scopes[random.nextInt(3)], kappa),
        new Policy.Hold(
            random.nextBoolean() ? Policy.Hold.Mode.EXCESS : Policy.Hold.Mode.ABSOLUTE,
            1 + random.nextInt(14),
            0.2 + random.nextDouble(),
            random.nextDouble() / 5,
            OptionalDouble.empty()),
        new Policy.Canaries(random.nextBoolean(), random.nextInt(4) == 0 ? Set.of("r1") : Set.of()),
        new Policy.AuditSample(0, Map.of(), ""),
        Optional.empty());
  }

  private static Limits limits(Random random) {
    return new Limits(
        random.nextDouble() / 4,
        random.nextDouble(),
        0.1 + random.nextDouble() / 2,
        random.nextDouble() / 2);
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  Inputs with(Policy changed) {
    return new Inputs(changed, rate, signals, rejected, overriding, canaries);
  }

  Inputs with(List<Signals> changed) {
    return new Inputs(policy, rate, changed, rejected, overriding, canaries);
  }

  Inputs withOverriding(Set<Reason> changed) {
    return new Inputs(policy, rate, signals, rejected, changed, canaries);
  }

  Inputs withCanaries(Set<String> changed) {
    return new Inputs(policy, rate, signals, rejected, overriding, changed);
  }

  /** The same with one record changed. */
  Inputs with(int record, Signals changed) {
    List<Signals> all = new ArrayList<>(signals);
    all.set(record, changed);
    return with(all);
  }
}
