package dev.weir.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.release.Release;
import dev.weir.gating.verify.Verification;
import dev.weir.gating.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir verify}: recompute decisions from their own provenance. */
@Command(
    name = "verify",
    description = "Recompute each decision from its own provenance; exit 1 if any differs.")
final class VerifyCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  @Mixin
  private ReleaseOptions releases = new ReleaseOptions();

  @Option(
      names = "--decisions",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines of weir decide.")
  private Path decisions = Path.of("");

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Release release = releases.release();
    Verification found = Verifier.verify(release.gate(), release.policy(), read(decisions));
    found.differences().stream().limit(SHOWN).forEach(out::println);
    if (found.differences().size() > SHOWN) {
      out.println("… and " + (found.differences().size() - SHOWN) + " more");
    }
    found.unchecked().forEach(what -> out.println("UNCHECKED " + what));
    out.println(found.decisions() + " decisions in " + found.batches() + " batches: "
        + (found.isClean()
            ? "every one recomputed to the bit"
            : found.differences().size() + " differences"));
    return found.isClean() ? Weir.DONE : Weir.NO;
  }

  private static List<ObjectNode> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no decisions file " + file);
    }
    ObjectMapper mapper = JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
    List<ObjectNode> read = new ArrayList<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        read.add(decision(mapper, lines.get(i), file + ":" + (i + 1)));
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
    return read;
  }

  private static ObjectNode decision(ObjectMapper mapper, String line, String place) {
    try {
      JsonNode json = mapper.readTree(line);
      if (json instanceof ObjectNode object && object.has("recordId")) {
        return object;
      }
      throw new IllegalArgumentException(place + ": not a decision");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(place + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
