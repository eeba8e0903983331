/**
 * A training run as one page for people: self-contained HTML with inline SVG, without scripts. Start
 * at {@link dev.weir.lab.report.TrainingPage}.
 */
@NullMarked
package dev.weir.lab.report;

import org.jspecify.annotations.NullMarked;
