package dev.weir.gating.verify;

import java.util.List;

/**
 * What verifying found.
 *
 * @param decisions how many were looked at
 * @param batches how many batch parts they form
 * @param differences where a recomputed value is not the recorded one
 * @param unchecked what could not be recomputed, and why
 */
public record Verification(
    int decisions, int batches, List<Difference> differences, List<String> unchecked) {
  public Verification {
    differences = List.copyOf(differences);
    unchecked = List.copyOf(unchecked);
  }

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

  /** Whether every decision is what it says. */
  public boolean isClean() {
    return differences.isEmpty();
  }
}
