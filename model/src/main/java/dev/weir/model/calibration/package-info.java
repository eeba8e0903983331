/**
 * Calibrators: monotone maps from the margin of a model to a probability, and how they are fitted and chosen.
 *
 * <p>Start at {@link dev.weir.model.calibration.Calibrator}; {@link dev.weir.model.calibration.CalibratorChoice} picks
 * one from data and {@link dev.weir.model.calibration.CalibratorJson} stores it.
 */
@NullMarked
package dev.weir.model.calibration;

import org.jspecify.annotations.NullMarked;
