package dev.weir.gating.decision;

import dev.weir.model.reference.Vocabulary;
import java.util.List;

/**
 * What positions and codes in a decision stand for.
 *
 * @param sources the manifest that contributions follow
 * @param vocabulary the categories by code
 */
public record BundleNames(List<String> sources, Vocabulary vocabulary) {
  public BundleNames {
    sources = List.copyOf(sources);
  }
}
