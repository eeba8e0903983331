package dev.weir.operations.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.schemas.registry.PayloadReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Replays a file of JSON lines, as {@code weir decide} and {@code weir decisions} write them. */
public final class FileReplay {
  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();
  private static final int LINES_PER_REPORT = 1_000;

  private final Releases releases;
  private final ReplayRange range;

  public FileReplay(Releases releases, ReplayRange range) {
    this.releases = releases;
    this.range = range;
  }

  /**
   * The report on all decisions of a file, from the values that they carry.
   *
   * @throws IllegalArgumentException naming the line that is no decision
   */
  public ReplayReport run(Path file, ReplayProgress progress) {
    try (Replay replay =
            new Replay(range, releases, LineForm::new, PayloadReader::withoutRegistry, false);
        BufferedReader lines = Files.newBufferedReader(file)) {
      long total = Files.size(file);
      long read = 0;
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String text = line;
        int at = ++number;
        replay.decision(() -> decision(file, at, text));
        read += line.length() + 1L;
        if (number % LINES_PER_REPORT == 0) {
          progress.at(read, total);
        }
      }
      return replay.finish();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static LoggedDecision decision(Path file, int line, String text) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode object && object.has("recordId")) {
        return new LoggedDecision.Line(object);
      }
      throw new IllegalArgumentException(file + ":" + line + ": not a decision");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + ":" + line + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
