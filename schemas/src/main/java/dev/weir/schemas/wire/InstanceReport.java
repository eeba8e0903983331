package dev.weir.schemas.wire;

import dev.weir.model.bundle.Fingerprint;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one instance did with one envelope of the policy topic.
 *
 * @param scope the scope it serves
 * @param offset the envelope's, in the policy topic
 * @param epoch the envelope's; empty where it could not be read
 * @param version the envelope's; empty where it could not be read
 * @param reason why it was refused; empty text otherwise
 * @param policy fingerprint of the policy; empty where it could not be read
 * @param bundle fingerprint of the bundle; empty where it could not be read
 * @param at when the instance reported, epoch milliseconds
 */
public record InstanceReport(
    String instance,
    String scope,
    long offset,
    OptionalLong epoch,
    Optional<String> version,
    State state,
    String reason,
    Optional<Fingerprint> policy,
    Optional<Fingerprint> bundle,
    long at) {
  /** What became of the envelope. */
  public enum State {
    /** The release is in the instance's book. */
    ACTIVATED,
    /** The envelope was refused. */
    REFUSED,
    /** The bundle that the envelope names is not here yet. */
    WAITING_FOR_BUNDLE,
    /** Something that this version does not know. */
    UNKNOWN
  }

  /** The key of the report in the activation topic. */
  public String key() {
    return instance + "/" + scope;
  }
}
