/**
 * Whether a gate earns its keep: against plain confidence of the same model, on clean rows and under corruption. Start
 * at {@link dev.weir.lab.evaluate.Evaluator}.
 */
@NullMarked
package dev.weir.lab.evaluate;

import org.jspecify.annotations.NullMarked;
