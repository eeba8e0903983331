package dev.weir.topology.metric;

import dev.weir.gating.decision.Alert;
import dev.weir.gating.decision.CloseReason;
import dev.weir.schemas.wire.Headers;
import dev.weir.topology.collect.ClosedBatch;
import dev.weir.topology.collect.Collected;
import dev.weir.topology.collect.OpenCounts;
import dev.weir.topology.collect.Rejection;
import dev.weir.topology.route.Destination;
import dev.weir.topology.route.Output;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The gate's own meters, named by event; docs/running.md has the table. Threads may share it.
 *
 * <p>Tags are bounded: routes, causes and reasons are closed sets, and beyond {@value #POLICIES_MAX}
 * releases in one run the rest is counted as {@code other}. What a transaction that was aborted had
 * decided is counted again when it is decided again: the ledger is exact, meters are not.
 */
public final class GateMetrics {
  private static final int POLICIES_MAX = 20;
  private static final String OTHER = "other";

  /* From one record under a small bundle to a thousand under a large one. */
  private static final Duration[] DECIDE_BUCKETS = {
    Duration.ofNanos(50_000),
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1)
  };

  private final MeterRegistry registry;
  private final Timer decide;
  private final Counter holds;
  private final Map<CloseReason, Counter> batches = new EnumMap<>(CloseReason.class);

  /* By header text: what a newer topology could write is counted as other. */
  private final Map<String, Counter> deadLetters = new HashMap<>();
  private final Map<String, Counter> alerts = new HashMap<>();
  private final Map<String, Decisions> decisions = new ConcurrentHashMap<>();

  private record Decisions(Counter accepted, Counter audited, Counter held) {}

  public GateMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.decide = Timer.builder("weir.gate.decide")
        .description("Deciding and encoding one batch")
        .serviceLevelObjectives(DECIDE_BUCKETS)
        .register(registry);
    this.holds = Counter.builder("weir.gate.holds").description("Held batches").register(registry);
    for (CloseReason reason : CloseReason.values()) {
      batches.put(
          reason,
          Counter.builder("weir.gate.batches")
              .description("Closed batches by what closed them")
              .tag("reason", reason.name())
              .register(registry));
    }
    // At zero from the start, so that the first of a kind is a rise that an alert can see.
    names(Rejection.Cause.values()).forEach(cause -> deadLetters.put(cause, deadLetter(cause)));
    names(Alert.Kind.values()).forEach(kind -> alerts.put(kind, alert(kind)));
  }

  private static Stream<String> names(Enum<?>[] constants) {
    return Stream.concat(Arrays.stream(constants).map(Enum::name), Stream.of(OTHER));
  }

  private Counter deadLetter(String cause) {
    return Counter.builder("weir.gate.dead.letters")
        .description("Records that have no decision, by cause")
        .tag("cause", cause)
        .register(registry);
  }

  private Counter alert(String kind) {
    return Counter.builder("weir.gate.alerts")
        .description("Alerts by kind")
        .tag("kind", kind)
        .register(registry);
  }

  /**
   * Counts what left the gate.
   *
   * @param outputs for {@code collected}
   * @param policy the version of the release that decided
   * @param nanos that deciding took
   */
  public void left(Collected collected, List<Output> outputs, String policy, long nanos) {
    double accepted = 0;
    double audited = 0;
    boolean isHeld = false;
    for (Output output : outputs) {
      Destination to = output.destination();
      if (to == Destination.AUTO_ACCEPT) {
        accepted++;
      } else if (to == Destination.PRIORITY_AUDIT) {
        audited++;
      } else if (to == Destination.HOLDS) {
        isHeld = true;
      } else if (to == Destination.DEAD_LETTERS) {
        counted(deadLetters, output.header(Headers.CAUSE));
      } else if (to == Destination.ALERTS) {
        counted(alerts, output.alertKind());
      }
    }
    Decisions to = decisions(policy);
    to.accepted().increment(accepted);
    (isHeld ? to.held() : to.audited()).increment(audited);
    holds.increment(isHeld ? 1 : 0);
    if (collected instanceof ClosedBatch batch) {
      decide.record(nanos, TimeUnit.NANOSECONDS);
      Counter closed = batches.get(batch.reason());
      if (closed != null) {
        closed.increment();
      }
    }
  }

  private static void counted(Map<String, Counter> counters, String name) {
    Counter known = counters.get(name);
    Objects.requireNonNull(known == null ? counters.get(OTHER) : known).increment();
  }

  private Decisions decisions(String policy) {
    Decisions known = decisions.get(policy);
    if (known != null) {
      return known;
    }
    String tag = decisions.size() < POLICIES_MAX ? policy : OTHER;
    return decisions.computeIfAbsent(
        tag,
        name -> new Decisions(
            decision(name, "auto_accept"),
            decision(name, "priority_audit"),
            decision(name, "held")));
  }

  private Counter decision(String policy, String route) {
    return Counter.builder("weir.gate.decisions")
        .description("Decisions by where they went and under which release")
        .tag("policy", policy)
        .tag("route", route)
        .register(registry);
  }

  /** Shows what has come in and what is open. */
  public void show(OpenCounts open) {
    count("weir.gate.records", "Records and markers taken from the source", open, OpenCounts::read);
    count("weir.gate.markers", "Batch markers among them", open, OpenCounts::markers);
    count(
        "weir.gate.pushed.out.batches",
        "Batches closed because too much was open",
        open,
        OpenCounts::pushedOut);
    gauge("weir.gate.open.batches", "Open batches", open, OpenCounts::batches);
    gauge("weir.gate.open.records", "Records in open batches", open, OpenCounts::records);
    gauge("weir.gate.open.bytes", "Heap of open batches", open, OpenCounts::bytes);
  }

  private <T> void count(String name, String what, T of, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, of, value).description(what).register(registry);
  }

  /** Shows a number that goes up and down, asked when somebody looks. */
  public <T> void gauge(String name, String what, T of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value).description(what).strongReference(true).register(registry);
  }
}
