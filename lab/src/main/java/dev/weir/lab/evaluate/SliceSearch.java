package dev.weir.lab.evaluate;

import dev.weir.lab.judge.Judged;
import dev.weir.lab.slice.Condition;
import dev.weir.lab.slice.Conditions;
import dev.weir.lab.slice.FoundSlice;
import dev.weir.lab.slice.SliceAudit;
import dev.weir.lab.slice.SliceMiner;
import dev.weir.lab.slice.SliceRows;
import dev.weir.lab.train.OutOfFold;
import dev.weir.model.bundle.RecordSheet;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.score.Score;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where a model errs more than elsewhere: its domain's flags audited, and slices that nobody declared.
 *
 * @param rows that were judged
 * @param roles which rows each arm was fitted to, and which were searched by either half and confirmed by the other
 * @param audit each flag of the domain
 * @param found slices by lift in errors, then by errors beyond what confidence expects; confirmed ones and others
 */
public record SliceSearch(
    int rows, List<Role> roles, List<SliceAudit.Slice> audit, List<FoundSlice> found) {
  public SliceSearch {
    roles = List.copyOf(roles);
    audit = List.copyOf(audit);
    found = List.copyOf(found);
  }

  /**
   * Searches the rows of some arms.
   *
   * @param seed of the draw of groups into halves
   */
  public static SliceSearch of(List<Arm> arms, long seed) {
    DomainDefinition definition = arms.get(0).bundle().definition();
    Answers answers = new Answers(arms);
    SliceRows rows = answers.rows(seed);
    SliceMiner.Settings settings = SliceMiner.Settings.of(answers.judged.size());
    List<Condition> conditions = Conditions.of(definition, answers.seen, 2 * settings.supportMin());
    SliceMiner miner = new SliceMiner(rows, conditions, settings);
    List<FoundSlice> found = new ArrayList<>();
    for (FoundSlice.Lift lift : FoundSlice.Lift.values()) {
      found.addAll(miner.mine(lift));
    }
    List<Role> roles = new ArrayList<>(Role.ofArms(arms));
    roles.add(
        Role.of(0, "first half: found on, and confirmed the other's", answers.half(rows, false)));
    roles.add(
        Role.of(0, "second half: found on, and confirmed the other's", answers.half(rows, true)));
    return new SliceSearch(
        answers.judged.size(),
        roles,
        SliceAudit.of(
            answers.judged,
            definition.flags(),
            answers.truths.stream().mapToLong(Long::longValue).toArray(),
            definition.fragile()),
        found);
  }

  /** The confirmed slices as flags of a policy, in YAML. */
  public List<String> yaml(String data) {
    List<String> lines = new ArrayList<>();
    lines.add("# Slices of " + data
        + " in which the model errs more, confirmed on groups that they were not found on.");
    lines.add(
        "# For fragile.extraFlags of a policy; name in fragile.union those that shall count as fragile.");
    lines.add("extraFlags:");
    found.stream()
        .filter(FoundSlice::isConfirmed)
        .map(FoundSlice::flag)
        .distinct()
        .forEach(flag -> lines.add("  " + flag + ": " + detector(flag)));
    return lines;
  }

  private String detector(String flag) {
    return found.stream()
        .filter(slice -> slice.flag().equals(flag))
        .findFirst()
        .orElseThrow()
        .detector();
  }

  /** What the bundles of some arms say of their rows, one arm after the other. */
  private static final class Answers {
    private final List<Conditions.Seen> seen = new ArrayList<>();
    private final List<Integer> folds = new ArrayList<>();
    private final List<Long> truths = new ArrayList<>();
    private final List<Score> scores = new ArrayList<>();
    private final Judged judged;

    Answers(List<Arm> arms) {
      for (int arm = 0; arm < arms.size(); arm++) {
        RecordSheet sheet = arms.get(arm).bundle().sheet();
        for (RawRecord record : arms.get(arm).rows()) {
          arms.get(arm).bundle().read(record, sheet);
          seen.add(new Conditions.Seen(arms.get(arm).bundle(), record));
          folds.add(arm);
          truths.add(sheet.evidence().truths());
          scores.add(sheet.score().score());
        }
      }
      this.judged = new Judged(figures(arms), arms.get(0).bundle().threshold());
    }

    private OutOfFold figures(List<Arm> arms) {
      long declared = arms.get(0).bundle().definition().fragile();
      boolean[] labels = new boolean[seen.size()];
      boolean[] fragile = new boolean[seen.size()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = seen.get(i).record().label().orElseThrow();
        fragile[i] = (truths.get(i) & declared) != 0;
      }
      return new OutOfFold(
          IntStream.range(0, labels.length).toArray(),
          folds.stream().mapToInt(Integer::intValue).toArray(),
          labels,
          fragile,
          scores.stream().mapToDouble(Score::pModel).toArray(),
          scores.stream().mapToDouble(Score::pGlm).toArray(),
          scores.stream().mapToDouble(Score::p10).toArray(),
          scores.stream().mapToDouble(Score::p90).toArray());
    }

    private List<RawRecord> half(SliceRows rows, boolean second) {
      return IntStream.range(0, seen.size())
          .filter(row -> rows.isSecond()[row] == second)
          .mapToObj(row -> seen.get(row).record())
          .toList();
    }

    private SliceRows rows(long seed) {
      int n = judged.size();
      boolean[] wrong = new boolean[n];
      double[] expected = new double[n];
      int[] group = new int[n];
      Map<String, Integer> groups = new HashMap<>();
      for (int i = 0; i < n; i++) {
        wrong[i] = judged.isWrong(i);
        expected[i] = judged.expectedError(i);
        group[i] = groups.computeIfAbsent(seen.get(i).record().group(), name -> groups.size());
      }
      return SliceRows.split(wrong, expected, group, seed);
    }
  }
}
