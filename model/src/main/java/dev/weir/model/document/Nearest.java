package dev.weir.model.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The name that somebody who mistyped one probably meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known name with the fewest edits (upper and lower case being the same), the first in order of
   * several; empty where even that has more than a third as many edits as characters.
   */
  public static Optional<String> to(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> edits(name, candidate) <= Math.max(1, candidate.length() / 3))
        .min(Comparator.comparingInt((String candidate) -> edits(name, candidate))
            .thenComparing(Comparator.naturalOrder()));
  }

  /** A question for the name that was probably meant, {@code ; did you mean 'x'?}; empty where none is near. */
  public static String question(String name, Collection<String> known) {
    return to(name, known).map(near -> "; did you mean '" + near + "'?").orElse("");
  }

  /* Levenshtein's distance, two neighbours that changed places being one edit (optimal string alignment). */
  private static int edits(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : edits(edits, from, to, i, j);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int edits(int[][] edits, String from, String to, int i, int j) {
    int replaced = edits[i - 1][j - 1] + (isSame(from.charAt(i - 1), to.charAt(j - 1)) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean isSwapped = i > 1
        && j > 1
        && isSame(from.charAt(i - 1), to.charAt(j - 2))
        && isSame(from.charAt(i - 2), to.charAt(j - 1));
    return isSwapped ? Math.min(least, 1 + edits[i - 2][j - 2]) : least;
  }

  private static boolean isSame(char a, char b) {
    return Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
