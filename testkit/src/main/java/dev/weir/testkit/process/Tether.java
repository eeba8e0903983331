package dev.weir.testkit.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another program and ends with its parent: nobody writes to its standard input, so the end of
 * that stream says that the parent is gone, however it went.
 */
final class Tether {
  private static final int STATUS_OF_SIGKILL = 137;

  private Tether() {}

  /**
   * Runs the program.
   *
   * @param arguments its main class, then its arguments
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread watch = new Thread(Tether::endWithParent, "tether");
    watch.setDaemon(true);
    watch.start();
    try {
      Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
          Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      e.getTargetException().printStackTrace();
      System.exit(1);
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() != -1) {
        // the parent never writes
      }
    } catch (IOException e) {
      // as good as the end
    }
    Runtime.getRuntime().halt(STATUS_OF_SIGKILL);
  }
}
