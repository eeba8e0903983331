package dev.weir.model.tree;

/** How large a model file and its parts may be; anything beyond is refused while it is read. */
final class ModelLimits {
  /** Bytes of one model file: 128 MiB, about 2,000 trees of depth 8 in XGBoost's JSON. */
  static final int MODEL_BYTES_MAX = 128 << 20;

  /** Trees of one model, all targets together. */
  static final int TREES_MAX = 20_000;

  /** Nodes of one tree, leaves and deleted nodes included. */
  static final int TREE_NODES_MAX = 1 << 16;

  /** Splits between root and leaf. */
  static final int TREE_DEPTH_MAX = 256;

  /** Features of one model. */
  static final int FEATURES_MAX = 1 << 16;

  /** Targets of one model. */
  static final int TARGETS_MAX = 1 << 10;

  /** Category codes are below this: XGBoost's own bound, up to which float32 holds every whole number. */
  static final int CATEGORY_CODES_MAX = 1 << 24;

  /** Words of 64 codes that the category sets of one model take, all splits together: 32 MiB. */
  static final int CATEGORY_WORDS_MAX = 1 << 22;

  /** Depth of nested objects and arrays in a JSON file; XGBoost's own models need seven. */
  static final int JSON_DEPTH_MAX = 16;

  private ModelLimits() {}
}
