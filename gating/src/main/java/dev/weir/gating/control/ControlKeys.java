package dev.weir.gating.control;

import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.gating.signing.VerifyingKey;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who may give orders. To tighten, one signature of an operator or of the monitor is enough; to lift
 * takes as many operators as to publish a release, since it loosens like one.
 *
 * @param operators those who may publish releases
 * @param monitors keys of programs that may tighten and nothing else
 */
public record ControlKeys(TrustedKeys operators, List<VerifyingKey> monitors) {
  /** No verifier: unsigned orders are taken, signed ones refused. */
  public static final ControlKeys NONE = new ControlKeys(TrustedKeys.NONE, List.of());

  public ControlKeys {
    monitors = List.copyOf(monitors);
    if (!operators.isConfigured() && !monitors.isEmpty()) {
      throw new IllegalArgumentException(
          "a monitor's key is trusted, and no operator's: nobody could lift what it orders");
    }
  }

  /**
   * Requires that those have signed the order who may give it.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public void require(Envelope envelope, ControlOrder order) {
    if (order.action() instanceof ControlOrder.Tighten) {
      anybody().require(envelope);
    } else if (order.action() instanceof ControlOrder.Lift) {
      operators.require(envelope);
    } else {
      throw new AssertionError(order.action());
    }
  }

  /**
   * Requires that orders which these keys sign may tighten.
   *
   * @param signers nobody for orders that go out unsigned
   * @throws IllegalArgumentException saying why they would be refused
   */
  public void requireMayTighten(List<SigningKey> signers) {
    ControlOrder order =
        new ControlOrder("any", new ControlOrder.Stop(ControlOrder.Stop.Kind.PAUSE), 0, "", 0);
    Envelope envelope = order.unsigned();
    for (SigningKey signer : signers) {
      envelope = envelope.signedBy(signer);
    }
    try {
      require(envelope, order);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "gates would refuse an order as it would be given: " + e.getMessage(), e);
    }
  }

  private TrustedKeys anybody() {
    return TrustedKeys.anyOf(
        Stream.concat(operators.keys().stream(), monitors.stream()).toList());
  }
}
