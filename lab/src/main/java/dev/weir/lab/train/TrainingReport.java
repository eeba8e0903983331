package dev.weir.lab.train;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.calibration.CalibratorChoice;
import dev.weir.model.glm.ElasticNetChoice;

/**
 * A finished training run: the bundle as it was written, and what a person needs to judge it.
 *
 * @param bundle the bundle; its {@code training} facts sum up {@code outOfFold}
 * @param outOfFold each row as models that did not see it judge it
 * @param calibrator the calibrators that were compared, and the one chosen
 * @param glm the fallback's penalties that were compared, and the one chosen
 */
public record TrainingReport(
    Bundle bundle, OutOfFold outOfFold, CalibratorChoice calibrator, ElasticNetChoice glm) {}
