package dev.weir.model.score;

/**
 * What the models say of one record (gate.md §5).
 *
 * @param margin mean of the members' margins, logit
 * @param bias the part of the margin that no source answers for
 * @param contributions by source, in manifest order; empty where the model tells none. Their sum
 *     and the bias give the margin to 1e-5
 * @param pModel the calibrated probability, in [0, 1]
 * @param pGlm the fallback's probability, in [0, 1]
 * @param memberProbabilities each member through the calibrator; empty where there are no members
 * @param agreement share of members that predict pModel's class, in [0, 1]; without members 1 if
 *     the fallback does, else 0
 * @param p10 lower end of the central 80 % interval of the probability, at least σ(−12)
 * @param p50 its centre, pModel clipped to [σ(−12), σ(12)]
 * @param p90 its upper end, at most σ(12)
 */
public record Score(
    double margin,
    double bias,
    double[] contributions,
    double pModel,
    double pGlm,
    double[] memberProbabilities,
    double agreement,
    double p10,
    double p50,
    double p90) {}
