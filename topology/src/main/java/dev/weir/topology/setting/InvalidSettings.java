package dev.weir.topology.setting;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used, with every mistake found in them. */
public final class InvalidSettings extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  InvalidSettings(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::message).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** At least one; one a setting. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
