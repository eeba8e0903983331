package dev.weir.gating.shadow;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.release.Release;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How much would be different if another release decided. Immutable, and no larger for more batches;
 * start with {@link #NONE} and add them.
 *
 * @param records how many were decided by both
 * @param active what the active release did with them
 * @param shadow what the other would have done
 * @param moves records by the routes they go from and to
 * @param reclassified records whose predicted class differs
 * @param differing records of which the two say anything else
 */
public record Comparison(
    long records,
    Tally active,
    Tally shadow,
    Map<Move, Long> moves,
    long reclassified,
    long differing) {
  /** Nothing compared yet. */
  public static final Comparison NONE = new Comparison(0, Tally.NONE, Tally.NONE, Map.of(), 0, 0);

  public Comparison {
    moves = Map.copyOf(moves);
  }

  /** From one route to another. */
  public record Move(Route from, Route to) {}

  /**
   * How many records got which route and which reasons.
   *
   * @param blind accepted records that are reviewed all the same
   */
  public record Tally(Map<Route, Integer> routes, Map<Reason, Integer> reasons, int blind) {
    static final Tally NONE = new Tally(Map.of(), Map.of(), 0);

    public Tally {
      routes = Map.copyOf(routes);
      reasons = Map.copyOf(reasons);
    }

    public int count(Route route) {
      return routes.getOrDefault(route, 0);
    }

    /** How many records a person looks at: audited, held, and reviewed blind. */
    public int auditLoad() {
      return count(Route.PRIORITY_AUDIT) + count(Route.HELD) + blind;
    }

    private Tally and(List<Decision> decisions) {
      Map<Route, Integer> moreRoutes = new EnumMap<>(Route.class);
      moreRoutes.putAll(routes);
      Map<Reason, Integer> moreReasons = new EnumMap<>(Reason.class);
      moreReasons.putAll(reasons);
      int more = blind;
      for (Decision decision : decisions) {
        moreRoutes.merge(decision.route(), 1, Integer::sum);
        for (Reason reason : decision.judgement().reasons()) {
          moreReasons.merge(reason, 1, Integer::sum);
        }
        more += decision.blind().isPresent() ? 1 : 0;
      }
      return new Tally(moreRoutes, moreReasons, more);
    }
  }

  /**
   * Decides a batch again by another release and compares; the active outcome is an input, and
   * nothing here can change it.
   */
  public static List<ShadowDifference> differences(
      Gate.Outcome active, Release shadow, Controls controls, Batch batch, OptionalLong book) {
    return differences(active, shadow.decideBeside(active, controls, batch, book));
  }

  /** The records on which two outcomes of one batch differ. */
  public static List<ShadowDifference> differences(Gate.Outcome active, Gate.Outcome shadow) {
    if (active.decisions().size() != shadow.decisions().size()) {
      throw new IllegalArgumentException("outcomes of two batches: "
          + active.decisions().size() + " decisions and " + shadow.decisions().size());
    }
    List<ShadowDifference> differences = new ArrayList<>();
    for (int i = 0; i < active.decisions().size(); i++) {
      ShadowDifference.between(active.decisions().get(i), shadow.decisions().get(i))
          .ifPresent(differences::add);
    }
    return differences;
  }

  /** This and one more batch, as both decided it. */
  public Comparison and(Gate.Outcome activeOutcome, Gate.Outcome shadowOutcome) {
    List<ShadowDifference> more = differences(activeOutcome, shadowOutcome);
    Map<Move, Long> all = new HashMap<>(moves);
    long otherClass = reclassified;
    for (ShadowDifference one : more) {
      all.merge(new Move(one.active().route(), one.shadow().route()), 1L, Long::sum);
      otherClass += one.active().predicted() != one.shadow().predicted() ? 1 : 0;
    }
    all.keySet().removeIf(move -> move.from() == move.to());
    return new Comparison(
        records + activeOutcome.decisions().size(),
        active.and(activeOutcome.decisions()),
        shadow.and(shadowOutcome.decisions()),
        all,
        otherClass,
        differing + more.size());
  }

  /** How many records go from one route to another. */
  public long moved(Route from, Route to) {
    return moves.getOrDefault(new Move(from, to), 0L);
  }

  /** How many records change their route. */
  public long moved() {
    return moves.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The reasons that either gave, in the order of the rules. */
  public Set<Reason> reasons() {
    Set<Reason> all = EnumSet.noneOf(Reason.class);
    all.addAll(active.reasons().keySet());
    all.addAll(shadow.reasons().keySet());
    return all;
  }
}
