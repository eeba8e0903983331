package dev.weir.model.tree;

import java.util.OptionalInt;

/** A model file of either library, told apart by how it begins. */
public final class TreeModelFile {
  private TreeModelFile() {}

  /**
   * Reads XGBoost's JSON or LightGBM's text.
   *
   * @throws UnreadableModel if it is neither, or cannot be scored exactly
   */
  public static TreeModel read(byte[] content) {
    return isJson(content) ? XgboostJson.read(content) : LightGbmText.read(content);
  }

  /** The best round, from 0, of a model that stopped early and has trees after it; these count too. */
  public static OptionalInt bestIteration(byte[] content) {
    return isJson(content) ? XgboostJson.bestIteration(content) : OptionalInt.empty();
  }

  /** The ending of such a file's name: {@code json} or {@code txt}. */
  public static String ending(byte[] content) {
    return isJson(content) ? "json" : "txt";
  }

  private static boolean isJson(byte[] content) {
    for (byte b : content) {
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return b == '{';
      }
    }
    return false;
  }
}
