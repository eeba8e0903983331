package dev.weir.model.tree;

/**
 * The refusal of a model file: it is damaged, absurdly large, or says something this package cannot score exactly. Thrown
 * while a model is read or put together, never while it scores.
 */
public final class UnreadableModel extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int VALUE_CHARACTERS_MAX = 80;

  private final String path;

  /**
   * A refusal that reads {@code <path> is <value>: <problem>}.
   *
   * @param path where in the file, a JSON path such as {@code $.learner.objective.name}, or line and key of a text file
   * @param value what stands there; shortened to 80 characters
   * @param problem what is wrong with it, and what would be right
   */
  UnreadableModel(String path, Object value, String problem) {
    super(path + " is " + shortened(String.valueOf(value)) + ": " + problem);
    this.path = path;
  }

  /** Where in the file the trouble is: a JSON path, or line and key of a text file. */
  public String path() {
    return path;
  }

  private static String shortened(String value) {
    return value.length() <= VALUE_CHARACTERS_MAX
        ? value
        : value.substring(0, VALUE_CHARACTERS_MAX) + "...";
  }
}
