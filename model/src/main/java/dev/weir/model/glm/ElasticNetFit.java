package dev.weir.model.glm;

/**
 * A fitted model and how it was reached.
 *
 * @param model the model
 * @param lambda the strength of the penalty, &gt; 0, relative to the weighted mean log loss
 * @param logLoss the weighted mean log loss over the fitted rows, in nats, ≥ 0
 * @param objective logLoss plus the penalty: what was minimised
 * @param kktResidual the largest violation of the optimality conditions over intercept and coefficients, in units of
 *     the objective per standardized unit; at most the tolerance if converged
 * @param newtonSteps the number of Newton steps taken from the warm start
 */
public record ElasticNetFit(
    LogisticGlm model,
    double lambda,
    double logLoss,
    double objective,
    double kktResidual,
    int newtonSteps) {}
