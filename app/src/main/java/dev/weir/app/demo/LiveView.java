package dev.weir.app.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The demo as it runs: a panel that is drawn over, or plain lines where there is no terminal. */
final class LiveView {
  private static final List<String> ROUTES = List.of("AUTO_ACCEPT", "PRIORITY_AUDIT", "HELD");
  private static final int BAR = 40;

  private final PrintStream out;
  private final boolean isTerminal;
  private int drawnLines;
  private int lastSeen;
  private long lastNanos;

  LiveView(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.lastNanos = System.nanoTime();
  }

  /** How long to wait between two draws, in milliseconds. */
  long periodMs() {
    return isTerminal ? 400 : 3_000;
  }

  /** A line that stays. */
  void say(String line) {
    erase();
    out.println(line);
  }

  /** @param sent records sent so far */
  void draw(Tally.Snapshot now, int sent, int total) {
    double seconds = Math.max(1e-3, (System.nanoTime() - lastNanos) / 1e9);
    double rate = (now.seen() - lastSeen) / seconds;
    lastSeen = now.seen();
    lastNanos = System.nanoTime();
    if (!isTerminal) {
      out.println(line(now, sent, total, rate));
      return;
    }
    erase();
    panel(now, sent, total, rate);
    out.flush();
  }

  private static String line(Tally.Snapshot now, int sent, int total, double rate) {
    return String.format(
        Locale.ROOT,
        "  sent %d/%d · decided %d · rejected %d · %.0f/s · release %s: accept %d, audit %d, held %d"
            + " · p50 %d ms, p99 %d ms",
        sent,
        total,
        now.decisions(),
        now.rejected(),
        rate,
        now.release(),
        now.count(now.release(), "AUTO_ACCEPT"),
        now.count(now.release(), "PRIORITY_AUDIT"),
        now.count(now.release(), "HELD"),
        now.p50Ms(),
        now.p99Ms());
  }

  private void panel(Tally.Snapshot now, int sent, int total, double rate) {
    put(String.format(
        Locale.ROOT,
        "\u001b[1mWeir\u001b[0m  release \u001b[36m%s\u001b[0m   sent %d/%d   decided %d"
            + "   rejected %d   %.0f/s   p50 %d ms  p99 %d ms",
        now.release(),
        sent,
        total,
        now.decisions(),
        now.rejected(),
        rate,
        now.p50Ms(),
        now.p99Ms()));
    for (String route : ROUTES) {
      double share = now.share(now.release(), route);
      int filled = (int) Math.round(share * BAR);
      put(String.format(
          Locale.ROOT,
          "  %-14s %s%s %5.1f %%  %d",
          route,
          "█".repeat(filled),
          "░".repeat(BAR - filled),
          100 * share,
          now.count(now.release(), route)));
    }
    put("  holds    " + words(now.holds()));
    put("  reasons  " + String.join(" · ", now.topReasons(now.release(), 5)));
    put("  rejected " + words(now.deadLetters()) + "   alerts " + words(now.alerts()));
  }

  private static String words(Map<String, Integer> counts) {
    return counts.isEmpty() ? "none" : counts.toString();
  }

  private void put(String line) {
    out.println(line);
    drawnLines++;
  }

  private void erase() {
    if (drawnLines > 0) {
      out.printf(Locale.ROOT, "\u001b[%dA\u001b[0J", drawnLines);
      drawnLines = 0;
    }
  }
}
