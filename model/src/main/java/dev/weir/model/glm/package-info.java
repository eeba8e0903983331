/**
 * The generalized linear model: elastic-net logistic regression on standardized columns.
 *
 * <p>Start at {@link dev.weir.model.glm.LogisticGlm}, the fitted model; {@link dev.weir.model.glm.ElasticNet} fits one
 * and {@link dev.weir.model.glm.LogisticGlmJson} stores it.
 */
@NullMarked
package dev.weir.model.glm;

import org.jspecify.annotations.NullMarked;
