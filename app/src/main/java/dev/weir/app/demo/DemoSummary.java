package dev.weir.app.demo;

import dev.weir.operations.ledger.LedgerReport;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The end of a demo: what each release did, and the ledger read from the topics. */
record DemoSummary(Tally.Snapshot found, LedgerReport ledger, int sent, Consumer<String> say) {
  private static final double SHARE_MIN = 0.01;
  private static final double ACCEPT_MIN = 0.20;
  private static final double ACCEPT_MAX = 0.90;
  private static final List<String> ROUTES = List.of("AUTO_ACCEPT", "PRIORITY_AUDIT", "HELD");

  /** Prints it; whether the ledger balances and baseline used every route. */
  boolean print() {
    say.accept("");
    for (String version : found.routes().keySet()) {
      say.accept(release(version));
      say.accept("           why: " + String.join(", ", found.topReasons(version, 6)));
    }
    say.accept("rejected   " + found.deadLetters() + ", with their bytes, in dead-letters");
    say.accept("alerts     " + found.alerts());
    say.accept(String.format(
        Locale.ROOT,
        "latency    produce to committed decision: p50 %d ms, p99 %d ms (batches closed by silence"
            + " left out)",
        found.p50Ms(),
        found.p99Ms()));
    say.accept("");
    ledger.text().lines().forEach(say);
    boolean routesSeen = routesSeen();
    boolean allRead = ledger.decisions() + ledger.deadLetters() == sent && ledger.open() == 0;
    if (!allRead) {
      say.accept("FAILED     " + sent + " records were sent, " + ledger.decisions() + " decided, "
          + ledger.deadLetters() + " dead-lettered, " + ledger.open() + " open");
    }
    if (!routesSeen) {
      say.accept("FAILED     baseline must accept 20-90 % and use every route for at least 1 %");
    }
    return ledger.balances() && allRead && routesSeen;
  }

  private String release(String version) {
    double accuracy = found.accuracy().getOrDefault(version, Double.NaN);
    return String.format(
        Locale.ROOT,
        "%-10s %d decisions: accepted %.1f %%%s, to audit %.1f %%, held %.1f %% in %d batches",
        version,
        found.total(version),
        100 * found.share(version, "AUTO_ACCEPT"),
        Double.isNaN(accuracy)
            ? ""
            : String.format(Locale.ROOT, " (%.1f %% of them right)", 100 * accuracy),
        100 * found.share(version, "PRIORITY_AUDIT"),
        100 * found.share(version, "HELD"),
        found.holds().getOrDefault(version, 0));
  }

  private boolean routesSeen() {
    double accepted = found.share("baseline", "AUTO_ACCEPT");
    return accepted >= ACCEPT_MIN
        && accepted <= ACCEPT_MAX
        && ROUTES.stream().allMatch(route -> found.share("baseline", route) >= SHARE_MIN);
  }
}
