package dev.weir.gating.decision;

import dev.weir.gating.policy.Policy;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.flag.RawTopology;
import dev.weir.model.json.JsonBytes;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.score.Score;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A decision's canonical JSON without its seals, straight into bytes: what {@code CanonicalJson}
 * makes of {@link DecisionJson#content}, without the tree between. For one thread.
 */
final class CanonicalDecision {
  private final JsonBytes out = new JsonBytes();
  private final Components.Visitor component = (name, added) -> out.name(name).number(added);
  private @Nullable Order last;

  /** The positions of a bundle's names in the order of their texts. */
  private record Order(
      Domain domain,
      List<CarriedField> fields,
      List<String> masked,
      List<String> sources,
      int[] bySource) {
    static Order of(Domain domain, List<String> sources) {
      List<CarriedField> carried = CarriedField.of(domain).stream()
          .sorted(Comparator.comparing(CarriedField::name))
          .toList();
      int[] sorted = IntStream.range(0, sources.size())
          .boxed()
          .sorted(Comparator.comparing(sources::get))
          .mapToInt(Integer::intValue)
          .toArray();
      return new Order(domain, carried, Masking.masked(domain), sources, sorted);
    }

    /* A bundle has one of each as long as it is loaded. */
    boolean isOf(Domain other, List<String> otherSources) {
      return domain == other && sources == otherSources;
    }
  }

  /** The bytes, which the next call overwrites. */
  JsonBytes write(Decision decision) {
    Domain domain = decision.evidence().record().domain();
    Order order = last;
    if (order == null || !order.isOf(domain, decision.names().sources())) {
      order = Order.of(domain, decision.names().sources());
      last = order;
    }
    out.clear();
    out.plain('{');
    batchToFragility(decision, order);
    imputationToPromotion(decision, order);
    rawToVariance(decision, order);
    out.plain('}');
    return out;
  }

  private void batchToFragility(Decision decision, Order order) {
    BatchStamp batch = decision.batch();
    out.name("batchId").text(batch.id());
    out.name("batchPart").whole(batch.part());
    out.name("batchSize").whole(batch.size());
    out.name("batchTime").whole(batch.latest());
    out.name("blind");
    if (decision.blind().isPresent()) {
      out.plain('{').name("rate").number(decision.blind().get().rate()).plain('}');
    } else {
      out.none();
    }
    out.name("canary").truth(decision.judgement().canary());
    caps(decision.judgement(), order);
    out.name("closeReason").word(batch.closeReason().name());
    out.name("controls").plain('{');
    out.name("active");
    texts(decision.controls().active());
    out.name("offset");
    number(decision.controls().offset());
    out.plain('}');
    out.name("domain").word(order.domain().name());
    if (batch.drift().isPresent()) {
      drift(batch.drift().get());
    }
    out.name("engine").word(Decision.ENGINE);
    out.name("eventTime").whole(decision.eventTime());
    out.name("flags");
    texts(decision.flags());
    out.name("fragile").truth(decision.judgement().fragile());
    out.name("fragileFraction").number(batch.fragileFraction());
    out.name("fragilityScore").number(decision.evidence().fragility());
  }

  private void imputationToPromotion(Decision decision, Order order) {
    Evidence evidence = decision.evidence();
    Judgement judgement = decision.judgement();
    imputation(decision.filled());
    out.name("imputedCount").whole(evidence.imputedCount());
    out.name("interval").plain('{');
    out.name("confidence").number(judgement.confidence());
    out.name("p10").number(judgement.interval().p10());
    out.name("p50").number(judgement.interval().p50());
    out.name("p90").number(judgement.interval().p90());
    out.name("width").number(judgement.width()).plain('}');
    out.name("masked");
    texts(order.masked());
    out.name("missingBitmap").bits(evidence.missing(), order.domain().evidenceCount());
    out.name("missingCount").whole(evidence.missingCount());
    out.name("predicted").truth(judgement.predicted());
    prior(decision.prior());
    out.name("probability").number(judgement.probability());
    out.name("promotion");
    if (judgement.promotion().isPresent()) {
      promotion(judgement.promotion().get());
    } else {
      out.none();
    }
  }

  private void rawToVariance(Decision decision, Order order) {
    Judgement judgement = decision.judgement();
    raw(decision.evidence().record(), order);
    out.name("reasons").plain('[');
    for (Reason reason : judgement.reasons()) {
      out.next().word(reason.name());
    }
    out.plain(']');
    out.name("recordId").text(decision.recordId());
    out.name("recordRoute").word(judgement.route().name());
    out.name("rejectedInBatch").whole(decision.batch().rejected());
    release(decision.release());
    out.name("route").word(decision.route().name());
    score(decision.score(), judgement, order);
    out.name("semantics").whole(Policy.SEMANTICS);
    out.name("slices");
    texts(judgement.slices());
    out.name("source").plain('{');
    out.name("offset").whole(decision.source().offset());
    out.name("partition").whole(decision.source().partition());
    out.name("topic").word(decision.source().topic()).plain('}');
    topology(decision.evidence().topology(), order.domain());
    out.name("unknownCategories");
    texts(decision.unknownCategories());
    out.name("unknownFlags");
    texts(decision.unknownFlags());
    variance(judgement.variance());
  }

  private void drift(DriftFinding drift) {
    out.name("drift").plain('{');
    out.name("field").text(drift.field());
    out.name("records").whole(drift.records());
    out.name("statistic").text(drift.statistic());
    out.name("threshold").number(drift.threshold());
    out.name("z").number(drift.z()).plain('}');
  }

  private void caps(Judgement judgement, Order order) {
    Optional<CappedMargin> capped = judgement.capped();
    out.name("caps").plain('{');
    out.name("applied").truth(capped.isPresent());
    out.name("causes").plain('[');
    for (CapCause cause : judgement.capCauses()) {
      out.next().word(cause.name());
    }
    out.plain(']').name("contributions");
    if (capped.isPresent()) {
      contributions(capped.get().contributions(), order);
      out.name("margin").number(capped.get().margin());
      out.name("pCapped").number(judgement.probability());
    } else {
      out.none();
      out.name("margin").none();
      out.name("pCapped").none();
    }
    out.name("triggered").truth(!judgement.capCauses().isEmpty()).plain('}');
  }

  private void imputation(List<Filled> all) {
    out.name("imputation").plain('[');
    for (Filled filled : all) {
      out.next().plain('{');
      out.name("field").word(filled.attribute());
      out.name("method").word(filled.method());
      out.name("value");
      value(filled.value().orElse(null));
      out.plain('}');
    }
    out.plain(']');
  }

  private void raw(RawRecord record, Order order) {
    out.name("raw").plain('{');
    for (int i = 0; i < order.fields().size(); i++) {
      CarriedField field = order.fields().get(i);
      out.name(field.name());
      if (field.isTold(record)) {
        received(record, field);
      } else {
        out.none();
      }
    }
    out.plain('}');
  }

  private void received(RawRecord record, CarriedField field) {
    switch (field.kind()) {
      case NUMBER -> out.number(record.number(field.attribute()));
      case BOOLEAN -> out.truth(record.number(field.attribute()) != 0);
      case TIMESTAMP -> out.whole((long) record.number(field.attribute()));
      case CATEGORY, TEXT -> out.text(record.text(field.index()));
    }
  }

  private void prior(SlicePrior prior) {
    out.name("prior").plain('{');
    out.name("finestN").whole(prior.finestN());
    out.name("key").word(prior.key());
    out.name("muBlend").number(prior.muBlend());
    out.name("muCluster").number(prior.muCluster());
    out.name("muGlobal").number(prior.muGlobal());
    out.name("n").whole(prior.n());
    out.name("tau").number(prior.tau()).plain('}');
  }

  private void promotion(Promotion promotion) {
    out.plain('{').name("batch").plain('{');
    out.name("candidates").whole(promotion.counts().candidates());
    out.name("flagged").whole(promotion.counts().flagged());
    out.name("flips").whole(promotion.counts().flips()).plain('}');
    out.name("candidate").truth(promotion.candidate());
    out.name("failed");
    texts(promotion.failed());
    out.name("flagged").truth(promotion.flagged());
    out.name("flip").truth(promotion.flip());
    out.name("prediction");
    number(promotion.flip() ? promotion.prediction() : Double.NaN);
    out.name("rank");
    number(promotion.rank().isPresent() ? promotion.rank().getAsInt() : Double.NaN);
    out.plain('}');
  }

  private void release(ReleaseStamp release) {
    out.name("release").plain('{').name("book");
    number(release.book());
    out.name("bundle").word(release.bundle().hex());
    out.name("epoch").whole(release.epoch());
    out.name("policy").word(release.policy().hex());
    out.name("scope").word(release.scope());
    out.name("version").word(release.version()).plain('}');
  }

  private void score(Score score, Judgement judgement, Order order) {
    out.name("score").plain('{');
    out.name("agreement").number(score.agreement());
    out.name("bias").number(score.bias());
    out.name("contributions");
    if (order.sources().isEmpty()) {
      out.none();
    } else {
      contributions(score.contributions(), order);
    }
    out.name("glmAgrees").truth(judgement.glmAgrees());
    out.name("margin").number(score.margin());
    out.name("memberProbabilities");
    if (score.memberProbabilities().length == 0) {
      out.none();
    } else {
      out.plain('[');
      for (double member : score.memberProbabilities()) {
        out.next().number(member);
      }
      out.plain(']');
    }
    out.name("p10").number(score.p10());
    out.name("p50").number(score.p50());
    out.name("p90").number(score.p90());
    out.name("pGlm").number(score.pGlm());
    out.name("pModel").number(score.pModel()).plain('}');
  }

  private void contributions(double[] values, Order order) {
    out.plain('{');
    for (int j : order.bySource()) {
      if (j < values.length) {
        out.name(order.sources().get(j)).number(values[j]);
      }
    }
    out.plain('}');
  }

  private void topology(RawTopology topology, Domain domain) {
    out.name("topology");
    if (domain.channelCount() == 0) {
      out.none();
      return;
    }
    out.plain('{');
    out.name("channelEntropy").number(topology.entropy());
    out.name("nonNanSpendCount").whole(topology.observedCount());
    out.name("sumRawSpend").number(topology.sum());
    out.name("top1Channel");
    if (topology.topChannel() < 0) {
      out.none();
    } else {
      out.word(domain.channel(topology.topChannel()).name());
    }
    out.name("top1Share").number(topology.topShare());
    out.name("top1Value");
    number(topology.topValue());
    out.name("topkSum").number(topology.topThreeSum());
    out.name("totalSpendPctile");
    number(topology.sumShare());
    out.plain('}');
  }

  private void variance(Variance variance) {
    out.name("variance").plain('{');
    out.name("base").number(variance.base());
    out.name("combined").number(variance.combined());
    out.name("components").plain('{');
    variance.components().visitByName(component);
    out.plain('}').plain('}');
  }

  private void value(@Nullable Object value) {
    if (value == null) {
      out.none();
    } else if (value instanceof Boolean truth) {
      out.truth(truth);
    } else if (value instanceof Number number) {
      out.number(number.doubleValue());
    } else {
      out.text(value.toString());
    }
  }

  private void texts(List<String> values) {
    out.plain('[');
    for (int i = 0; i < values.size(); i++) {
      out.next().word(values.get(i));
    }
    out.plain(']');
  }

  private void number(OptionalLong value) {
    if (value.isPresent()) {
      out.whole(value.getAsLong());
    } else {
      out.none();
    }
  }

  private void number(double value) {
    if (Double.isNaN(value)) {
      out.none();
    } else {
      out.number(value);
    }
  }
}
