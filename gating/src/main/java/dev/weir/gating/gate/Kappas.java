package dev.weir.gating.gate;

import dev.weir.gating.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** What flags and counts add to a record's variance (gate.md §7). */
final class Kappas {
  private final Policy.Scope scope;
  private final List<Kappa> kappas = new ArrayList<>();

  Kappas(Policy.Variance policy, Slices slices) {
    this.scope = policy.scope();
    policy
        .kappa()
        .forEach((name, kappa) -> kappas.add(new Kappa(name, kappa, times(name, slices))));
  }

  /**
   * One κ of the policy.
   *
   * @param times how often it counts for a record
   */
  private record Kappa(String name, double kappa, ToIntFunction<Signals> times) {}

  private static ToIntFunction<Signals> times(String name, Slices slices) {
    return switch (name) {
      case Policy.MISSING_COUNT -> Signals::missingCount;
      case Policy.IMPUTED_COUNT -> Signals::imputedCount;
      default -> {
        int slice = slices.number(name);
        yield signals -> slices.isIn(slice, signals.flags()) ? 1 : 0;
      }
    };
  }

  /** What is added, by name; names to which nothing is added are left out. */
  Map<String, Double> components(Signals signals, boolean fragile) {
    Map<String, Double> components = Map.of();
    if (scope.includes(fragile)) {
      for (Kappa kappa : kappas) {
        double added = kappa.kappa * kappa.times.applyAsInt(signals);
        if (added > 0) {
          components = components.isEmpty() ? new LinkedHashMap<>() : components;
          components.put(kappa.name, added);
        }
      }
    }
    return components;
  }
}
