package dev.weir.gating.release;

import java.util.Arrays;

/**
 * What a release is published for. It is part of what is signed, so that a shadow can never be passed
 * off as a release that decides.
 */
public enum Purpose {
  /** It decides. */
  DECIDE("application/vnd.weir.release+json", ""),
  /** It is decided beside the one that does, and only compared. */
  SHADOW("application/vnd.weir.shadow+json", "!shadow");

  private final String payloadType;
  private final String mark;

  Purpose(String payloadType, String mark) {
    this.payloadType = payloadType;
    this.mark = mark;
  }

  /**
   * The purpose of an envelope.
   *
   * @throws IllegalArgumentException if its payload is no release
   */
  public static Purpose of(String payloadType) {
    return Arrays.stream(values())
        .filter(purpose -> purpose.payloadType.equals(payloadType))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("payload type '" + payloadType
            + "' is neither " + DECIDE.payloadType + " nor " + SHADOW.payloadType));
  }

  /** What an envelope of this purpose says it has. */
  public String payloadType() {
    return payloadType;
  }

  /** A scope as keys and reports name it; the mark is no part of any topic's name. */
  public String named(String scope) {
    return scope + mark;
  }
}
