package dev.weir.model.flag;

/**
 * The shape of the observed channels' raw values; {@link TopologySheet} reads it.
 *
 * @param observedCount how many channels are observed
 * @param sum their sum; 0 without any
 * @param topChannel position of the largest among the domain's channels, the first on ties; -1
 *     without any
 * @param topValue the largest value; NaN without any
 * @param topShare topValue ÷ sum, in [0, 1]; 0 where the sum is zero
 * @param topThreeSum sum of the three largest
 * @param entropy −Σ s·ln s of the positive values' shares s; 0 where the sum is zero
 * @param sumShare share of training records whose sum is at most this one; NaN without any channel
 */
public record RawTopology(
    int observedCount,
    double sum,
    int topChannel,
    double topValue,
    double topShare,
    double topThreeSum,
    double entropy,
    double sumShare)
    implements ChannelTopology {}
