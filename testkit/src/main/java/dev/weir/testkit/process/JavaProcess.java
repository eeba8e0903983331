package dev.weir.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A Java program in a JVM of its own, with this JVM's class path. It ends on close and with this
 * JVM; a {@linkplain Program#tethered tethered} one also when this JVM is killed.
 */
public final class JavaProcess implements AutoCloseable {
  private static final int OUTPUT_TAIL_CHARS_MAX = 4_000;
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  private final Program program;
  private final Process process;
  private final Thread endWithThisJvm = new Thread(this::kill, "weir-java-process-end");

  /**
   * What is run.
   *
   * @param jvmOptions given to {@code java} before the class path
   * @param environment added to this process's own
   * @param output the file to which both output streams are appended
   */
  public record Program(
      String mainClass,
      List<String> arguments,
      List<String> jvmOptions,
      Map<String, String> environment,
      Path output) {
    public Program {
      arguments = List.copyOf(arguments);
      jvmOptions = List.copyOf(jvmOptions);
      environment = Map.copyOf(environment);
    }

    /** A program that ends itself when the JVM that started it is gone. */
    public static Program tethered(
        String mainClass, List<String> arguments, List<String> jvmOptions, Path output) {
      List<String> all = new ArrayList<>(List.of(mainClass));
      all.addAll(arguments);
      return new Program(Tether.class.getName(), all, jvmOptions, Map.of(), output);
    }

    /** This one, in another environment. */
    public Program in(Map<String, String> variables) {
      return new Program(mainClass, arguments, jvmOptions, variables, output);
    }
  }

  private JavaProcess(Program program, Process process) {
    this.program = program;
    this.process = process;
  }

  /** Starts a program; it may not have got far when this returns. */
  public static JavaProcess start(Program program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(program.jvmOptions());
    command.addAll(
        Arrays.asList("-cp", System.getProperty("java.class.path"), program.mainClass()));
    command.addAll(program.arguments());
    try {
      ProcessBuilder builder = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(program.output().toFile()));
      builder.environment().putAll(program.environment());
      JavaProcess started = new JavaProcess(program, builder.start());
      Runtime.getRuntime().addShutdownHook(started.endWithThisJvm);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot start %s with %s".formatted(program.mainClass(), command.get(0)), e);
    }
  }

  /** The process itself. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The file with what it said, and what programs with the same output said before. */
  public Path output() {
    return program.output();
  }

  /** The end of what it said. */
  public String tail() {
    try {
      String text = new String(Files.readAllBytes(program.output()), StandardCharsets.UTF_8);
      return text.substring(Math.max(0, text.length() - OUTPUT_TAIL_CHARS_MAX));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + program.output(), e);
    }
  }

  /** Ends it as a crash would, with SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    if (awaitEnd(KILL_LIMIT).isEmpty()) {
      throw new IllegalStateException(String.format(
          Locale.ROOT,
          "process %d survived SIGKILL for %d s; look at it with ps",
          process.pid(),
          KILL_LIMIT.toSeconds()));
    }
  }

  /** Stops it where it stands, with SIGSTOP, as a long pause of its machine would. */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on, with SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
          .inheritIO()
          .start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException(
            "process " + process.pid() + " did not take SIG" + name + "; is it alive?");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending SIG" + name, e);
    }
  }

  /** Asks it to end, with SIGTERM, and waits; its exit status, empty if it still runs. */
  public OptionalInt terminate(Duration limit) {
    // Process.destroy would close its standard input too, by which a tethered one takes us for
    // dead.
    process.toHandle().destroy();
    return awaitEnd(limit);
  }

  /** Waits for its end; its exit status, empty if it still runs. */
  public OptionalInt awaitEnd(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "the wait for process " + process.pid() + " was interrupted", e);
    }
  }

  /** Ends it if it still runs, by force. A second call does nothing. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
    } catch (IllegalStateException e) {
      return; // the JVM is ending: the hook does the rest
    }
    if (process.isAlive()) {
      kill();
    }
  }
}
