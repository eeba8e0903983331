package dev.weir.lab.world;

import java.util.List;
import java.util.Locale;

/** Names put together from syllables; they mean nobody. */
final class Names {
  private static final List<String> SYLLABLES = List.of(
      "ba", "cor", "dul", "fen", "gri", "hov", "ilt", "jen", "kel", "lom", "mar", "nith", "or",
      "pel", "quo", "rus", "sev", "tam", "urd", "vek", "wol", "xan", "yil", "zeb");

  private Names() {}

  /** Two or three syllables with a capital. */
  static String draw(Draws draws) {
    StringBuilder name = new StringBuilder();
    int syllables = draws.chance(0.4) ? 3 : 2;
    for (int i = 0; i < syllables; i++) {
      name.append(SYLLABLES.get(draws.below(SYLLABLES.size())));
    }
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
