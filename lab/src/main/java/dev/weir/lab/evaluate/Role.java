package dev.weir.lab.evaluate;

import dev.weir.lab.role.RowIds;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rows played which part.
 *
 * @param arm from 1, where each has a bundle of its own; 0 for all
 * @param part what was done with them
 * @param fingerprint SHA-256 of their sorted ids
 */
public record Role(int arm, String part, int rows, Fingerprint fingerprint) {
  static Role of(int arm, String part, List<RawRecord> records) {
    RowIds ids = RowIds.of(records);
    return new Role(arm, part, ids.rows(), ids.fingerprint());
  }

  /** What each arm was fitted to, where that is at hand, and what it is judged by. */
  static List<Role> ofArms(List<Arm> arms) {
    List<Role> roles = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      Arm arm = arms.get(i);
      if (!arm.fitted().isEmpty()) {
        roles.add(of(
            i + 1,
            arm.choosing().isPresent() ? "fitted to; thresholds chosen out of fold" : "fitted to",
            arm.fitted()));
      }
      roles.add(of(i + 1, "judged by", arm.rows()));
    }
    return roles;
  }
}
