package dev.weir.bench;

import java.util.List;

/** Makes the checks of rules 3 to 5 on records whose readings and widths are known. */
interface RuleEngine extends AutoCloseable {
  /** Leaves on each record all that is found. */
  void check(List<Facts> batch);

  @Override
  default void close() {}
}
