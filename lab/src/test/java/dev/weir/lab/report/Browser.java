package dev.weir.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chromium without a window, where this machine has one. */
record Browser(Path program) {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final long SECONDS_MAX = 120;
  private static final Pattern FOUND = Pattern.compile("<pre id=\"found\">(.*?)</pre>");

  /** 182 mm of an A4 sheet, in CSS pixels. */
  static final int SHEET = 688;

  /** What a run left: the page's DOM, and what the browser logged. */
  record Visit(String dom, String log) {}

  /**
   * How a page looks at a width.
   *
   * @param found {@code width}, {@code outside} (what sticks out of it), {@code sections} and {@code charts}, as JSON
   */
  record Layout(String found, String log) {}

  /** One of this machine's; without any the test is skipped. */
  static Browser orSkip() {
    Optional<Browser> browser = find();
    assumeTrue(browser.isPresent(), "no browser on the path; CI installs chromium");
    return browser.get();
  }

  /**
   * Shows a page in a frame.
   *
   * @param scrolled CSS selector of elements in which something may stick out
   */
  Layout layout(String page, Path work, int width, String scrolled)
      throws IOException, InterruptedException {
    Path harness = Files.writeString(
        work.resolve("harness-" + width + ".html"),
        String.format(Locale.ROOT, """
        <!doctype html><meta charset="utf-8"><body style="margin:0">
        <iframe id="page" style="border:0" width="%d" height="3000" srcdoc="%s"></iframe>
        <pre id="found"></pre>
        <script>
          onload = () => {
            const page = document.getElementById('page').contentDocument;
            const outside = [...page.body.querySelectorAll('*')]
              .filter(e => !e.parentElement.closest('%s')
                && e.getBoundingClientRect().right > %d + 0.5);
            document.getElementById('found').textContent = JSON.stringify({
              width: page.documentElement.scrollWidth,
              outside: outside.map(e => e.tagName + '.' + e.className).join(' '),
              sections: page.querySelectorAll('section').length,
              charts: [...page.querySelectorAll('svg')]
                .filter(e => e.getBoundingClientRect().width > 200).length});
          };
        </script>""", width, Html.escaped(page), scrolled, width));
    Visit visit = open(harness, work, "--window-size=1400,3200", "--dump-dom");
    Matcher found = FOUND.matcher(visit.dom());
    assertThat(found.find()).as(visit.log()).isTrue();
    return new Layout(found.group(1), visit.log());
  }

  private static Optional<Browser> find() {
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

  /** A page as it is printed: nothing scrolls on paper. */
  static String printed(String page) {
    String printed = page.replace("@media print{", "@media all{");
    assertThat(printed).isNotEqualTo(page);
    return printed;
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
