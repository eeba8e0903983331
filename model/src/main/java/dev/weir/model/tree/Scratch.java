package dev.weir.model.tree;

/** Room that one thread needs while it scores; kept for the thread's life, so that scoring allocates nothing. */
final class Scratch {
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  /* Each at least as long as asked for; what they hold is left over from earlier rows. */
  int[] keys = new int[0];
  int[] leaves = new int[0];
  long[] possible = new long[0];
  private double[] sums = new double[0];

  private Scratch() {}

  static Scratch of(int keyCount, int treeCount, int wordCount) {
    Scratch scratch = OF_THREAD.get();
    if (scratch.keys.length < keyCount) {
      scratch.keys = new int[keyCount];
    }
    if (scratch.leaves.length < treeCount) {
      scratch.leaves = new int[treeCount];
    }
    if (scratch.possible.length < wordCount) {
      scratch.possible = new long[wordCount];
    }
    return scratch;
  }

  /** Room for sums, at least as long as asked for. */
  static double[] sums(int count) {
    Scratch scratch = OF_THREAD.get();
    if (scratch.sums.length < count) {
      scratch.sums = new double[count];
    }
    return scratch.sums;
  }
}
