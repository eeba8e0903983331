package dev.weir.gating.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What verifying found.
 *
 * @param decisions how many were looked at
 * @param batches how many batch parts they form
 * @param others how many decisions another release made than the one they were verified by; none of
 *     these was recomputed
 * @param faults how many decisions are engine faults, of which nothing was decided or sealed that
 *     could be recomputed
 * @param differences where a recomputed value is not the recorded one
 * @param unchecked what could not be recomputed, and why
 */
public record Verification(
    int decisions,
    int batches,
    Map<OtherRelease, Integer> others,
    int faults,
    List<Difference> differences,
    List<String> unchecked) {
  public Verification {
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    differences = List.copyOf(differences);
    unchecked = List.copyOf(unchecked);
  }

  /**
   * A release as decisions name it.
   *
   * @param policy fingerprint, as it stands in the decision
   * @param bundle the same of the bundle
   */
  public record OtherRelease(String version, long epoch, String policy, String bundle) {}

  /**
   * A value that is not what it should be.
   *
   * @param record the record, or the batch part where it concerns all
   * @param path of the value in the decision's JSON
   */
  public record Difference(String record, String path, String recorded, String recomputed) {
    @Override
    public String toString() {
      return record + ": " + path + " is " + recorded + ", recomputed " + recomputed;
    }
  }

  /** Whether every decision was recomputed and is what it says. */
  public boolean isClean() {
    return others.isEmpty() && faults == 0 && differences.isEmpty();
  }
}
