package dev.weir.lab.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Chromium without a window, where this machine has one. */
record Browser(Path program) {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final long SECONDS_MAX = 120;

  /** What a run left: the page's DOM, and what the browser logged. */
  record Visit(String dom, String log) {}

  static Optional<Browser> find() {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
      for (String name : NAMES) {
        Path program = Path.of(directory, name);
        if (Files.isExecutable(program)) {
          return Optional.of(new Browser(program));
        }
      }
    }
    System.out.println(
        "report page: NOT checked in a browser, none of " + NAMES + " is on the path");
    return Optional.empty();
  }

  /** Opens a file with some more arguments, in a profile that is thrown away. */
  Visit open(Path file, Path work, String... arguments) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(work, "profile");
    Path dom = Files.createTempFile(work, "dom", ".html");
    Path log = Files.createTempFile(work, "browser", ".log");
    List<String> command = new ArrayList<>(List.of(
        program.toString(),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--enable-logging=stderr",
        "--user-data-dir=" + profile));
    command.addAll(List.of(arguments));
    command.add(file.toUri().toString());
    Process process = new ProcessBuilder(command)
        .redirectOutput(dom.toFile())
        .redirectError(log.toFile())
        .start();
    try {
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the browser did not end within " + SECONDS_MAX + " s");
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Visit(
        Files.readString(dom, StandardCharsets.UTF_8),
        Files.readString(log, StandardCharsets.ISO_8859_1));
  }
}
