/** Rows and what models that did not see them say of them. Start at {@link dev.weir.lab.judge.Judged}. */
@NullMarked
package dev.weir.lab.judge;

import org.jspecify.annotations.NullMarked;
