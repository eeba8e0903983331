package dev.weir.gating.gate;

import dev.weir.gating.policy.Limits;
import dev.weir.gating.policy.Policy;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One way to make a policy stricter. */
interface Tightening {
  Policy tighten(Policy policy, Random random);

  static Policy with(Policy p, Policy.Accept accept, Policy.Fragile fragile, Policy.Hold hold) {
    return new Policy(
        p.semantics(),
        p.scope(),
        p.flags(),
        accept,
        fragile,
        p.thinSlice(),
        p.caps(),
        p.variance(),
        hold,
        p.canaries(),
        p.auditSample(),
        p.promotion());
  }

  static Policy accept(Policy p, double ifTrue, double ifFalse, double width, double confidence) {
    return with(p, new Policy.Accept(ifTrue, ifFalse, width, confidence), p.fragile(), p.hold());
  }

  static Policy limits(Policy p, Limits limits) {
    Policy.Fragile f = p.fragile();
    return with(
        p,
        p.accept(),
        new Policy.Fragile(
            f.union(), f.unknownCounts(), f.consensusAlways(), f.smallBatch(), limits, f.slices()),
        p.hold());
  }

  static Policy hold(Policy p, int recordsMin, double fraction, double alpha) {
    return with(
        p,
        p.accept(),
        p.fragile(),
        new Policy.Hold(p.hold().mode(), recordsMin, fraction, alpha, p.hold().referenceRate()));
  }

  static Policy fragile(Policy policy, Policy.Fragile fragile) {
    return with(policy, policy.accept(), fragile, policy.hold());
  }

  List<Tightening> ALL = List.of(
      (p, r) -> accept(
          p,
          p.accept().ifTrue() + r.nextDouble() / 9,
          p.accept().ifFalse(),
          p.accept().width(),
          p.accept().confidence()),
      (p, r) -> accept(
          p,
          p.accept().ifTrue(),
          p.accept().ifFalse() * r.nextDouble(),
          p.accept().width(),
          p.accept().confidence()),
      (p, r) -> accept(
          p,
          p.accept().ifTrue(),
          p.accept().ifFalse(),
          p.accept().width() * r.nextDouble(),
          p.accept().confidence()),
      (p, r) -> accept(
          p,
          p.accept().ifTrue(),
          p.accept().ifFalse(),
          p.accept().width(),
          p.accept().confidence() + r.nextDouble() / 3),
      (p, r) -> limits(
          p,
          p.fragile()
              .limits()
              .strictest(new Limits(
                  r.nextDouble() / 9, r.nextDouble(), r.nextDouble() / 3, r.nextDouble()))),
      (p, r) -> with(
          p,
          p.accept(),
          new Policy.Fragile(
              p.fragile().union(),
              p.fragile().unknownCounts(),
              true,
              p.fragile().smallBatch(),
              p.fragile().limits(),
              p.fragile().slices()),
          p.hold()),
      (p, r) -> with(
          p,
          p.accept(),
          new Policy.Fragile(
              p.fragile().union(),
              p.fragile().unknownCounts(),
              p.fragile().consensusAlways(),
              p.fragile().smallBatch() + r.nextInt(5),
              p.fragile().limits(),
              p.fragile().slices()),
          p.hold()),
      (p, r) -> {
        Set<String> union = new java.util.LinkedHashSet<>(p.fragile().union());
        union.add(Inputs.FLAGS.names(-1).get(r.nextInt(Inputs.FLAGS.size())));
        return with(
            p,
            p.accept(),
            new Policy.Fragile(
                List.copyOf(union),
                p.fragile().unknownCounts(),
                p.fragile().consensusAlways(),
                p.fragile().smallBatch(),
                p.fragile().limits(),
                p.fragile().slices()),
            p.hold());
      },
      (p, r) -> new Policy(
          p.semantics(),
          p.scope(),
          p.flags(),
          p.accept(),
          p.fragile(),
          new Policy.ThinSlice(p.thinSlice().recordsMin() + r.nextInt(50)),
          p.caps(),
          p.variance(),
          p.hold(),
          p.canaries(),
          p.auditSample(),
          p.promotion()),
      (p, r) -> hold(p, 1, p.hold().fraction(), p.hold().alpha()),
      (p, r) -> hold(
          p,
          p.hold().recordsMin(),
          p.hold().fraction() * r.nextDouble(),
          p.hold().alpha()),
      (p, r) -> hold(
          p, p.hold().recordsMin(), p.hold().fraction(), p.hold().alpha() + r.nextDouble() / 3));
}
