/**
 * The golden cases in {@code cases/}: what the gate must do with given records under a given policy.
 * Start at {@link dev.weir.testkit.cases.GoldenCase}.
 */
@NullMarked
package dev.weir.testkit.cases;

import org.jspecify.annotations.NullMarked;
