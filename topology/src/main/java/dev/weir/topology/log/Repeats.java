package dev.weir.topology.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Says what may come a million times: the first of a kind at once with all that is known of it, those
 * that follow as a number, once a minute. Threads may share it.
 */
public final class Repeats {
  /** How long the rest of a kind is only counted. */
  static final long PERIOD_MS = 60_000;

  private final Consumer<String> log;
  private final LongSupplier elapsedMs;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  private static final class Kind {
    final String name;
    long since;
    long unsaid;

    Kind(String name, long since) {
      this.name = name;
      this.since = since;
    }
  }

  /**
   * Kinds of which none was said yet.
   *
   * @param elapsedMs a clock that nobody sets
   */
  public Repeats(Consumer<String> log, LongSupplier elapsedMs) {
    this.log = log;
    this.elapsedMs = elapsedMs;
  }

  /** One that counts by this machine's own time. */
  public static Repeats to(Consumer<String> log) {
    return new Repeats(log, () -> System.nanoTime() / 1_000_000);
  }

  /**
   * Says or counts it.
   *
   * @param kind an event, and further what is from a small closed set
   * @param details what is told of the first
   */
  public synchronized void say(LogLine kind, UnaryOperator<LogLine> details) {
    String name = kind.toString();
    Kind known = kinds.get(name);
    if (known == null) {
      kinds.put(name, new Kind(name, elapsedMs.getAsLong()));
      log.accept(details.apply(kind).toString());
    } else {
      known.unsaid++;
    }
  }

  /** To be called now and then: says what was counted for a minute, and forgets what is over. */
  public synchronized void tick() {
    long now = elapsedMs.getAsLong();
    kinds.values().removeIf(kind -> {
      if (now - kind.since < PERIOD_MS) {
        return false;
      }
      if (kind.unsaid == 0) {
        return true;
      }
      log.accept(kind.name + " more=" + kind.unsaid + " in_ms=" + (now - kind.since));
      kind.since = now;
      kind.unsaid = 0;
      return false;
    });
  }
}
