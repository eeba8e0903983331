package dev.weir.gating.gate;

import dev.weir.gating.decision.Components;
import dev.weir.gating.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** What flags and counts add to a record's variance (gate.md §7). */
final class Kappas {
  private final Policy.Scope scope;
  private final List<String> names;
  private final List<Kappa> kappas = new ArrayList<>();

  Kappas(Policy.Variance policy, Slices slices) {
    this.scope = policy.scope();
    this.names = List.copyOf(policy.kappa().keySet());
    policy.kappa().forEach((name, kappa) -> kappas.add(new Kappa(kappa, times(name, slices))));
  }

  /**
   * One κ of the policy.
   *
   * @param times how often it counts for a record
   */
  private record Kappa(double kappa, ToIntFunction<Signals> times) {
    double added(Signals signals) {
      return kappa * times.applyAsInt(signals);
    }
  }

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
  Components components(Signals signals, boolean fragile) {
    return scope.includes(fragile) && addsAny(signals) ? all(signals) : Components.NONE;
  }

  private boolean addsAny(Signals signals) {
    for (int i = 0; i < kappas.size(); i++) {
      if (kappas.get(i).added(signals) > 0) {
        return true;
      }
    }
    return false;
  }

  private Components all(Signals signals) {
    double[] added = new double[kappas.size()];
    for (int i = 0; i < added.length; i++) {
      added[i] = kappas.get(i).added(signals);
    }
    return Components.of(names, added);
  }
}
