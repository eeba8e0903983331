package dev.weir.operations.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.schemas.registry.PayloadReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Replays a file of JSON lines, as {@code weir decide} and {@code weir decisions} write them. */
public final class FileReplay {
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
        InputStream in = Files.newInputStream(file)) {
      long total = Files.size(file);
      LineBlocks blocks = new LineBlocks(in);
      for (Optional<LineBlocks.Block> next = blocks.next();
          next.isPresent();
          next = blocks.next()) {
        LineBlocks.Block block = next.get();
        replay.decisions(() -> new Replay.Chunk(decisions(file, block), ReplayReport.NONE));
        progress.at(block.at() + block.bytes().length, total);
      }
      return replay.finish();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<LoggedDecision> decisions(Path file, LineBlocks.Block block) {
    byte[] bytes = block.bytes();
    List<LoggedDecision> decisions = new ArrayList<>();
    int from = 0;
    while (from < bytes.length) {
      int to = lineEnd(bytes, from);
      decisions.add(decision(file, block.at() + from, Arrays.copyOfRange(bytes, from, to)));
      from = to + 1;
    }
    return decisions;
  }

  private static int lineEnd(byte[] bytes, int from) {
    int to = from;
    while (to < bytes.length && bytes[to] != '\n') {
      to++;
    }
    return to;
  }

  private static LoggedDecision decision(Path file, long at, byte[] line) {
    try {
      return LineReader.read(line)
          .orElseThrow(() ->
              new IllegalArgumentException(file + ":" + number(file, at) + ": not a decision"));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + ":" + number(file, at) + ": not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new AssertionError("bytes in memory can be read", e);
    }
  }

  /* Counted when it is asked for, which ends the replay: counting all lines would cost every replay. */
  private static long number(Path file, long at) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      long number = 1;
      for (long i = 0; i < at; i++) {
        number += in.read() == '\n' ? 1 : 0;
      }
      return number;
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
