package dev.weir.model.tree;

/** Room that one thread needs while it scores; kept for the thread's life, so that scoring allocates nothing. */
final class Scratch {
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  /** At least as long as asked for; what it holds is left over from earlier rows. */
  int[] keys = new int[0];

  /** At least as long as asked for; what it holds is left over from earlier rows. */
  int[] leaves = new int[0];

  private Scratch() {}

  static Scratch of(int keyCount, int leafCount) {
    Scratch scratch = OF_THREAD.get();
    if (scratch.keys.length < keyCount) {
      scratch.keys = new int[keyCount];
    }
    if (scratch.leaves.length < leafCount) {
      scratch.leaves = new int[leafCount];
    }
    return scratch;
  }
}
