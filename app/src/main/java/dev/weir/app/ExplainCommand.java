package dev.weir.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.explain.Explainer;
import dev.weir.gating.release.Release;
import dev.weir.gating.verify.RecordedPart;
import dev.weir.gating.verify.Verification;
import dev.weir.gating.verify.Verifier;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir explain}: one decision as a person would say it. */
@Command(
    name = "explain",
    description =
        "Say what was seen of a record, what the model thought and why, which check failed"
            + " by how much, and the smallest change that would have passed.")
final class ExplainCommand implements Callable<Integer> {
  @Mixin
  private ReleaseOptions releases = new ReleaseOptions();

  @Option(
      names = "--decisions",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines of weir decide or weir decisions.")
  private Path decisions = Path.of("");

  @Option(
      names = "--changeable",
      split = ",",
      paramLabel = "FIELD",
      description = "Fields whose change could have been asked for; all evidence otherwise.")
  private Set<String> changeable = new LinkedHashSet<>();

  @Parameters(paramLabel = "RECORD", description = "The record's id.")
  private String record = "";

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Release release = releases.release();
    List<ObjectNode> part = part(DecisionFile.read(decisions));
    Explainer explainer = new Explainer(release.gate(), release.policy(), changeable);
    Verification found = Verifier.verify(release.gate(), release.policy(), part);
    found.others().keySet().stream().findFirst().ifPresent(other -> {
      throw new IllegalArgumentException(
          record + ": " + OtherDecider.words(other, release.gate().bundle()));
    });
    if (found.faults() > 0) {
      throw new IllegalArgumentException(record
          + ": its batch could not be decided (ENGINE_FAULT), so there is nothing to explain; the"
          + " alert of that name says why");
    }
    if (!found.isClean()) {
      throw new IllegalArgumentException("what " + decisions + " says of " + record
          + " cannot be recomputed, so it cannot be explained; weir verify tells where: "
          + found.differences().get(0));
    }
    RecordedPart recorded = RecordedPart.of(release.gate().bundle().definition().domain(), part);
    spec.commandLine().getOut().println(explainer.explain(recorded, record).text());
    return Weir.DONE;
  }

  /** The decisions of the batch part that the record is in. */
  private List<ObjectNode> part(List<ObjectNode> all) {
    ObjectNode wanted = all.stream()
        .filter(decision -> decision.path("recordId").asText().equals(record))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("no decision on record " + record + " in " + decisions));
    return all.stream()
        .filter(decision -> decision.path("batchId").equals(wanted.path("batchId"))
            && decision.path("batchPart").equals(wanted.path("batchPart")))
        .sorted(Comparator.comparingLong(
            decision -> decision.path("source").path("offset").asLong()))
        .toList();
  }
}
