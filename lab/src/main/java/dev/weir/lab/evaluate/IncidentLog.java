package dev.weir.lab.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.bundle.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The finished incidents of one run, a line for each in a file named by the fingerprint of all that they follow from, so
 * that a run that was stopped goes on where it was. The file goes with the run: what is finished is worked out anew.
 */
public final class IncidentLog {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Optional<Path> directory;
  private int takenUp;

  private IncidentLog(Optional<Path> directory) {
    this.directory = directory;
  }

  /** A log in a directory, which is made when there is something to keep. */
  public static IncidentLog in(Path directory) {
    return new IncidentLog(Optional.of(directory));
  }

  /** Keeps nothing. */
  public static IncidentLog none() {
    return new IncidentLog(Optional.empty());
  }

  /** How many incidents, each fold's counted, the run took from one that was stopped. */
  public int takenUp() {
    return takenUp;
  }

  /** What one job counted. */
  private record Line(int job, List<Tally> tallies) {}

  /**
   * What is there already, by job.
   *
   * @param run everything that a tally follows from
   * @throws UncheckedIOException if there is a file that cannot be read
   */
  Map<Integer, List<Tally>> open(Fingerprint run) {
    Map<Integer, List<Tally>> kept = new HashMap<>();
    file(run).filter(Files::isRegularFile).ifPresent(file -> {
      try {
        for (String text : wholeLines(file)) {
          line(text).ifPresent(line -> kept.put(line.job(), line.tallies()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot go on from " + file + "; remove it: " + e, e);
      }
    });
    takenUp = kept.size();
    return kept;
  }

  private Optional<Path> file(Fingerprint run) {
    return directory.map(in -> in.resolve("incidents-" + run.hex() + ".jsonl"));
  }

  /** Cuts off what a killed run left of its last line, lest the next one be glued to it. */
  private static List<String> wholeLines(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    if (end < bytes.length) {
      Files.write(file, Arrays.copyOf(bytes, end));
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
  }

  /** A line that a fault of the disk garbled is as good as none. */
  private static Optional<Line> line(String text) {
    try {
      return Optional.of(JSON.readValue(text, Line.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * Keeps what one job counted.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  synchronized void append(Fingerprint run, int job, List<Tally> tallies) {
    file(run).ifPresent(file -> {
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
            file,
            JSON.writeValueAsString(new Line(job, tallies)) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot keep finished incidents in " + file
                + "; give a directory that can be written to by --cache: " + e,
            e);
      }
    });
  }

  /** The run is finished. */
  void close(Fingerprint run) {
    file(run).ifPresent(file -> {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove " + file + ": " + e, e);
      }
    });
  }
}
