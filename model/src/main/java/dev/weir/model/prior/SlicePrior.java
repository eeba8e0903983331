package dev.weir.model.prior;

/**
 * The outcome's rate among training records like this one, shrunk toward the overall rate.
 *
 * @param key the finest key that training had records for; "all" where it had none
 * @param n training records with that key
 * @param finestN training records with the finest key; may be 0
 * @param muCluster the rate among the n
 * @param muGlobal the rate overall
 * @param tau pseudo-count of the overall rate
 * @param muBlend n/(n + tau)·muCluster + tau/(n + tau)·muGlobal
 */
public record SlicePrior(
    String key,
    int n,
    int finestN,
    double muCluster,
    double muGlobal,
    double tau,
    double muBlend) {}
