package dev.weir.model.flag;

import dev.weir.model.domain.Domain;
import dev.weir.model.reference.Vocabulary;
import java.util.List;

/** Some category seen that training did not have. A missing one could be such. */
record UnknownCategory(Domain domain, int[] attributes, long reads) implements Detector {
  UnknownCategory(Domain domain, List<Integer> attributes) {
    this(
        domain,
        attributes.stream().mapToInt(Integer::intValue).toArray(),
        attributes.stream()
            .mapToLong(attribute -> 1L << domain.attributes().get(attribute).field())
            .reduce(0, (a, b) -> a | b));
  }

  @Override
  public boolean holds(Sight sight) {
    for (int attribute : attributes) {
      if (isUnseen(sight, attribute)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean canHold(Sight sight) {
    return (reads & ~sight.visible()) != 0 || holds(sight);
  }

  @Override
  public boolean canFail(Sight sight) {
    return !holds(sight);
  }

  private boolean isUnseen(Sight sight, int attribute) {
    String category = sight.record().category(attribute);
    return category != null
        && sight.sees(domain.attributes().get(attribute).field())
        && sight.reference().vocabulary().code(attribute, category) == Vocabulary.UNSEEN;
  }
}
