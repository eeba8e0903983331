package dev.weir.gating.gate;

import dev.weir.gating.decision.BlindSample;
import dev.weir.gating.policy.Policy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Chooses accepted records for blind review: the first 8 bytes of HMAC-SHA256(key, record id), as an
 * unsigned big-endian number over 2⁶⁴, are below the highest rate among the record's slices (gate.md
 * §11). The same id is chosen everywhere, and nobody without the key can tell which.
 */
final class BlindSampler {
  private static final String ALGORITHM = "HmacSHA256";
  private static final double TWO_TO_63 = 0x1p63;

  private final Policy.AuditSample policy;

  /* Looking one up and scheduling the key costs more than the code itself. */
  private final ThreadLocal<Mac> macs;

  BlindSampler(Policy.AuditSample policy, Optional<byte[]> key) {
    this.policy = policy;
    this.macs = ThreadLocal.withInitial(() -> mac(key.orElseThrow()));
    if (policy.samples() && key.isEmpty()) {
      throw new IllegalArgumentException("auditSample.key '" + policy.key()
          + "' is not known here; give the key, or set every sample rate to 0");
    }
  }

  Optional<BlindSample> sample(String recordId, List<String> slices) {
    double rate = policy.rate();
    for (String slice : slices) {
      rate = Math.max(rate, policy.slices().getOrDefault(slice, 0.0));
    }
    return rate > 0 && share(recordId) < rate
        ? Optional.of(new BlindSample(rate))
        : Optional.empty();
  }

  private double share(String recordId) {
    byte[] digest = macs.get().doFinal(recordId.getBytes(StandardCharsets.UTF_8));
    long high = ByteBuffer.wrap(digest).getLong();
    return ((high >>> 1) + (high & 1) * 0.5) / TWO_TO_63;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + ALGORITHM, e);
    }
  }
}
