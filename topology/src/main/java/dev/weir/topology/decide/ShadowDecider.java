package dev.weir.topology.decide;

import dev.weir.gating.gate.Gate;
import dev.weir.gating.release.Release;
import dev.weir.gating.shadow.Comparison;
import dev.weir.gating.shadow.ShadowFaults;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.topology.book.InForce;
import dev.weir.topology.route.Output;
import dev.weir.topology.route.Outputs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides batches once more by the shadow release, when the active outputs are on their way already,
 * and tells where the two differ. Whatever goes wrong here touches none of them: an alert says so, once
 * for each shadow. For one thread.
 */
final class ShadowDecider {
  private final DecideFunction function;
  private final Outputs outputs;
  private final ShadowFaults faults = new ShadowFaults();

  ShadowDecider(DecideFunction function, Outputs outputs) {
    this.function = function;
    this.outputs = outputs;
  }

  /**
   * The differences, to be written after the active outputs; none where there is no shadow, its time
   * is not now, or it runs with another bundle, whose decisions {@code weir shadow} compares.
   *
   * @param now when alerts are raised, epoch milliseconds
   */
  List<Output> differences(Decided.Judged judged, InForce inForce, long now) {
    Optional<Release> shadow = inForce
        .shadow()
        .filter(release -> release.isInForce(judged.batch().latest()))
        .filter(release -> isOfBundle(judged.outcome(), release.gate().bundle().fingerprint()));
    return shadow.isEmpty() ? List.of() : differences(judged, inForce, shadow.get(), now);
  }

  private static boolean isOfBundle(Gate.Outcome active, Fingerprint bundle) {
    return active.decisions().stream()
        .allMatch(decision -> decision.release().bundle().equals(bundle));
  }

  private List<Output> differences(
      Decided.Judged judged, InForce inForce, Release shadow, long now) {
    try {
      Gate.Outcome outcome = function.decideBeside(
          judged.outcome(),
          shadow,
          inForce.controls(),
          judged.batch(),
          OptionalLong.of(inForce.book().offset()));
      return outputs.differences(Comparison.differences(judged.outcome(), outcome));
    } catch (RuntimeException | AssertionError | StackOverflowError fault) {
      return faults
          .alert(
              shadow,
              "batch " + judged.batch().id() + "#" + judged.batch().part(),
              Outputs.described(fault))
          .map(alert -> List.of(outputs.alert(alert, now)))
          .orElse(List.of());
    }
  }
}
