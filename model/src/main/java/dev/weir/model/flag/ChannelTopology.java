package dev.weir.model.flag;

/** The shape of the observed channels' raw values, as {@link RawTopology} defines each number. */
public sealed interface ChannelTopology permits RawTopology, TopologySheet {
  int observedCount();

  double sum();

  double topValue();

  double topShare();

  double topThreeSum();

  double entropy();

  double sumShare();
}
