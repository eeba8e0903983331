package dev.weir.gating.release;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The releases an instance has activated for its scope; immutable.
 *
 * @param offset of the policy topic up to which every envelope was activated or refused; -1 before
 *     the first
 * @param releases with strictly rising epochs; those that some time can choose, and the lowest epoch
 */
public record ReleaseBook(long offset, List<Release> releases) {
  /** A book without releases: the instance is not ready. */
  public static final ReleaseBook EMPTY = new ReleaseBook(-1, List.of());

  public ReleaseBook {
    releases = List.copyOf(releases);
    for (int i = 1; i < releases.size(); i++) {
      if (releases.get(i).epoch() <= releases.get(i - 1).epoch()) {
        throw new IllegalArgumentException("epochs must rise: "
            + releases.get(i).epoch() + " after " + releases.get(i - 1).epoch());
      }
    }
  }

  /**
   * The release for a batch whose largest timestamp is {@code time}: the highest epoch that is
   * effective by then, else the lowest epoch, which decides NO_RELEASE_YET. Empty iff the book is.
   */
  public Optional<Release> choose(long time) {
    for (int i = releases.size() - 1; i >= 0; i--) {
      if (releases.get(i).effectiveFrom() <= time) {
        return Optional.of(releases.get(i));
      }
    }
    return releases.stream().findFirst();
  }

  /** The highest epoch; empty before the first release. */
  public Optional<Release> newest() {
    return releases.stream().max(Comparator.comparingLong(Release::epoch));
  }

  /** Its epoch; -1 before the first release. */
  public long newestEpoch() {
    return newest().map(Release::epoch).orElse(-1L);
  }

  /** A bundle that some release of the book runs with. */
  public Optional<Bundle> bundle(Fingerprint fingerprint) {
    return releases.stream()
        .map(release -> release.gate().bundle())
        .filter(bundle -> bundle.fingerprint().equals(fingerprint))
        .findFirst();
  }

  /**
   * This book and one more release, activated by the envelope at an offset. Older ones that begin no
   * earlier are never chosen again and go, but for the lowest epoch; those that begin earlier stay, for
   * a batch of older records is still decided by them.
   */
  public ReleaseBook with(Release release, long atOffset) {
    Stream<Release> kept = IntStream.range(0, releases.size())
        .filter(i -> i == 0 || releases.get(i).effectiveFrom() < release.effectiveFrom())
        .mapToObj(releases::get);
    return new ReleaseBook(atOffset, Stream.concat(kept, Stream.of(release)).toList());
  }

  /** This book after everything up to an offset was dealt with. */
  public ReleaseBook at(long atOffset) {
    return new ReleaseBook(atOffset, releases);
  }
}
