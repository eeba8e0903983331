package dev.weir.model.prior;

import dev.weir.model.document.Section;
import dev.weir.model.domain.Domain;
import java.util.List;

/**
 * Which slice priors a domain keeps.
 *
 * @param keys from fine to coarse
 * @param tau pseudo-count of the overall rate
 */
public record PriorPlan(List<PriorKey> keys, double tau) {
  public PriorPlan {
    keys = List.copyOf(keys);
  }

  /** Reads {@code tau} and {@code keys}; mistakes are noted in the section. */
  public static PriorPlan read(Section section, Domain domain) {
    double tau = section.number("tau", 0, 1e9, 30);
    return new PriorPlan(section.sections("keys", inner -> PriorKey.read(inner, domain)), tau);
  }
}
