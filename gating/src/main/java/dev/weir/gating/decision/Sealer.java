package dev.weir.gating.decision;

import dev.weir.model.bundle.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Seals decisions, one batch after another, in buffers of its own. For one thread. */
public final class Sealer {
  private final CanonicalDecision canonical = new CanonicalDecision();
  private final MessageDigest sha256;

  public Sealer() {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Seals the decisions of one batch part. */
  public SealedBatch seal(List<Decision> decisions) {
    List<Fingerprint> seals = new ArrayList<>(decisions.size());
    for (Decision decision : decisions) {
      canonical.write(decision).update(sha256);
      seals.add(Fingerprint.ofSha256(sha256.digest()));
    }
    return new SealedBatch(
        decisions, seals, seals.isEmpty() ? Optional.empty() : Optional.of(MerkleTree.root(seals)));
  }
}
