/**
 * A made-up ship's passengers whose true probabilities are known: for demonstrations without data, and for tests that
 * must know the truth. Start at {@link dev.weir.lab.world.PassengerWorld}; {@link dev.weir.lab.world.TransportLaw} is
 * the law that draws the label.
 */
@NullMarked
package dev.weir.lab.world;

import org.jspecify.annotations.NullMarked;
