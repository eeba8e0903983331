package dev.weir.lab.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.policy.Policy;
import dev.weir.lab.judge.Judged;
import dev.weir.lab.slice.SliceAudit;
import dev.weir.model.flag.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What it costs, or would cost, to treat each flag as fragile: the gate with and without it in the union. */
final class SliceCosts {
  private final List<Contestant> contestants;
  private final Batching batching;
  private final int threads;

  SliceCosts(List<Contestant> contestants, int batchSize, int threads) {
    this.contestants = contestants;
    this.batching = new Batching(batchSize);
    this.threads = threads;
  }

  /** Each flag of the policy, and the thin slice where the policy knows it. */
  List<Evaluation.SliceRow> rows(Judged judged, CleanRun run, Policy policy) {
    List<String> names =
        new ArrayList<>(policy.flags().flags().stream().map(Flag::name).toList());
    if (policy.fragile().union().contains(Policy.THIN_SLICE)) {
      names.add(Policy.THIN_SLICE);
    }
    List<Decision> decisions = run.passages().stream()
        .flatMap(passage -> passage.decisions().stream())
        .map(Optional::orElseThrow)
        .toList();
    Share asItIs = Share.of(run);
    return names.stream()
        .map(name -> row(judged, run, decisions, asItIs, policy, name))
        .toList();
  }

  private Evaluation.SliceRow row(
      Judged judged,
      CleanRun run,
      List<Decision> decisions,
      Share asItIs,
      Policy policy,
      String name) {
    boolean isFragile = policy.fragile().union().contains(name);
    Share other = Share.of(CleanRun.of(
        contestants.stream()
            .map(one -> one.with(toggled(one.json(), name, isFragile)))
            .toList(),
        batching,
        threads));
    SliceAudit.Slice audit =
        SliceAudit.of(judged, name, isFragile, row -> isIn(decisions.get(row), name));
    int accepted = 0;
    int wrong = 0;
    for (int row = 0; row < decisions.size(); row++) {
      if (isIn(decisions.get(row), name) && run.isSound(row)) {
        accepted++;
        wrong += judged.isWrong(row) ? 1 : 0;
      }
    }
    Share with = isFragile ? asItIs : other;
    Share without = isFragile ? other : asItIs;
    return new Evaluation.SliceRow(
        audit,
        isFragile,
        accepted,
        accepted == 0 ? 0 : wrong / (double) accepted,
        without.coverage() - with.coverage(),
        with.error() - without.error());
  }

  private static boolean isIn(Decision decision, String name) {
    return name.equals(Policy.THIN_SLICE)
        ? decision.judgement().slices().contains(name)
        : decision.flags().contains(name);
  }

  /** What the record checks accept, holds left aside. */
  private record Share(double coverage, double error) {
    static Share of(CleanRun run) {
      int records = 0;
      int accepted = 0;
      int wrong = 0;
      for (Passage passage : run.passages()) {
        records += passage.size();
        for (int row = 0; row < passage.size(); row++) {
          if (passage.isSound(row)) {
            accepted++;
            wrong += passage.isWrong(row) ? 1 : 0;
          }
        }
      }
      return new Share(accepted / (double) records, accepted == 0 ? 0 : wrong / (double) accepted);
    }
  }

  private static ObjectNode toggled(ObjectNode json, String name, boolean isFragile) {
    ObjectNode fragile = (ObjectNode) json.get("fragile");
    ArrayNode union = json.arrayNode();
    fragile.get("union").forEach(one -> {
      if (!one.textValue().equals(name)) {
        union.add(one);
      }
    });
    if (isFragile) {
      if (fragile.get("slices") instanceof ObjectNode slices) {
        slices.remove(name);
      }
    } else {
      union.add(name);
    }
    fragile.set("union", union);
    // The share of another union is another; it is taken from the fitted rows where it must be
    // given.
    ((ObjectNode) json.get("hold")).remove("referenceRate");
    return json;
  }
}
