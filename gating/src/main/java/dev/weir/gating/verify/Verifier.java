package dev.weir.gating.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.DecisionJson;
import dev.weir.gating.decision.Masking;
import dev.weir.gating.decision.MerkleTree;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.decision.Seal;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.release.Release;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.Domain;
import dev.weir.model.json.CanonicalJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides each batch part again, from the raw values that its decisions carry, and compares the
 * outcome with what they say, to the bit.
 */
public final class Verifier {
  private static final Set<String> SEALS = Set.of(Seal.SEAL, Seal.BATCH_SEAL);

  private final Gate gate;
  private final Fingerprint policy;
  private final Optional<Release> frozen;
  private final Map<Verification.OtherRelease, Integer> others = new LinkedHashMap<>();
  private final List<Verification.Difference> differences = new ArrayList<>();
  private final Set<String> unchecked = new LinkedHashSet<>();
  private int faults;

  private Verifier(Gate gate, Fingerprint policy, Optional<Release> frozen) {
    this.gate = gate;
    this.policy = policy;
    this.frozen = frozen;
  }

  /**
   * Verifies decisions of one policy and bundle; what they say of the release itself is taken as it is.
   *
   * @param policy fingerprint of the gate's policy
   * @param decisions JSON objects with the names of gate.md §12, in any order
   */
  public static Verification verify(Gate gate, Fingerprint policy, List<ObjectNode> decisions) {
    return new Verifier(gate, policy, Optional.empty()).verify(decisions);
  }

  /**
   * Verifies decisions of one frozen release: its scope, version, epoch and dates too. That no other
   * release of the book should have decided, only the policy topic can tell.
   *
   * @param decisions JSON objects with the names of gate.md §12, in any order
   */
  public static Verification verify(Release frozen, List<ObjectNode> decisions) {
    return new Verifier(frozen.gate(), frozen.policy(), Optional.of(frozen)).verify(decisions);
  }

  private Verification verify(List<ObjectNode> decisions) {
    Map<String, List<ObjectNode>> parts = new LinkedHashMap<>();
    for (ObjectNode decision : decisions) {
      parts.computeIfAbsent(key(decision), key -> new ArrayList<>()).add(decision);
    }
    for (List<ObjectNode> part : parts.values()) {
      part.sort(Comparator.comparingLong(
          decision -> decision.path("source").path("offset").asLong()));
      verifyPart(part(part.get(0)), part);
    }
    return new Verification(
        decisions.size(), parts.size(), others, faults, differences, List.copyOf(unchecked));
  }

  /* An offset names a record within its partition only. */
  private static String key(ObjectNode decision) {
    JsonNode source = decision.path("source");
    return part(decision) + "@" + source.path("topic").asText() + "-"
        + source.path("partition").asInt();
  }

  private static String part(ObjectNode decision) {
    return decision.path("batchId").asText() + "#" + decision.path("batchPart").asLong();
  }

  private void verifyPart(String name, List<ObjectNode> decisions) {
    boolean isFault = decisions.stream().allMatch(Verifier::isFault);
    for (ObjectNode decision : isFault ? List.<ObjectNode>of() : decisions) {
      requireSeal(decision, Seal.SEAL, Seal.of(decision));
    }
    if (hasRepeats(decisions)) {
      return;
    }
    ObjectNode first = decisions.get(0);
    int rejected = first.path("rejectedInBatch").asInt();
    int size = first.path("batchSize").asInt();
    if (decisions.size() + rejected != size) {
      differ(
          name,
          "batchSize",
          String.valueOf(size),
          (decisions.size() + rejected) + " (decisions given and rejected records)");
      return;
    }
    if (isFault) {
      faults += decisions.size();
      unchecked.add(name + ": an engine fault; nothing was decided or sealed");
      return;
    }
    requireBatchSeal(name, decisions);
    Verification.OtherRelease release = release(first);
    if (!release.policy().equals(policy.hex())
        || !release.bundle().equals(gate.bundle().fingerprint().hex())) {
      others.merge(release, decisions.size(), Integer::sum);
      return;
    }
    try {
      compare(decisions, recompute(name, decisions));
    } catch (IllegalArgumentException e) {
      differ(name, "batch", "a decided batch", "not decidable: " + e.getMessage());
    }
  }

  /* A fault voids its whole part: one among decisions is none of the engine's. */
  private static boolean isFault(ObjectNode decision) {
    JsonNode reasons = decision.path("reasons");
    return reasons.size() == 1
        && reasons.path(0).asText().equals(Reason.ENGINE_FAULT.name())
        && decision.path("route").asText().equals(Route.PRIORITY_AUDIT.name())
        && !decision.path(Seal.SEAL).isTextual()
        && !decision.path("score").isObject();
  }

  private void requireSeal(ObjectNode decision, String name, Fingerprint seal) {
    if (!decision.path(name).asText().equals(seal.hex())) {
      differ(id(decision), name, decision.path(name).asText(), seal.hex());
    }
  }

  /* One line for the part, not one for each of its decisions. */
  private void requireBatchSeal(String name, List<ObjectNode> decisions) {
    String recorded = decisions.get(0).path(Seal.BATCH_SEAL).asText();
    String root = MerkleTree.root(decisions.stream().map(Seal::of).toList()).hex();
    if (!recorded.equals(root)) {
      differ(name, Seal.BATCH_SEAL, recorded, root);
    }
    for (ObjectNode decision : decisions) {
      String other = decision.path(Seal.BATCH_SEAL).asText();
      if (!other.equals(recorded)) {
        differ(id(decision), Seal.BATCH_SEAL, other, recorded);
      }
    }
  }

  /** Whether a record stands twice, so that another could be missing unnoticed. */
  private boolean hasRepeats(List<ObjectNode> decisions) {
    Set<String> sources = new HashSet<>();
    boolean repeats = false;
    for (ObjectNode decision : decisions) {
      String source = text(decision.path("source"));
      if (!sources.add(source)) {
        differ(id(decision), "source", source, "(one decision for each)");
        repeats = true;
      }
    }
    return repeats;
  }

  private static Verification.OtherRelease release(ObjectNode decision) {
    JsonNode release = decision.path("release");
    return new Verification.OtherRelease(
        release.path("version").asText(),
        release.path("epoch").asLong(),
        release.path("policy").asText(),
        release.path("bundle").asText());
  }

  private List<Decision> recompute(String name, List<ObjectNode> decisions) {
    Domain domain = gate.bundle().definition().domain();
    RecordedPart part = RecordedPart.of(domain, decisions);
    requireTime(name, part.batch());
    if (!Masking.erased(domain).isEmpty()) {
      unchecked.add("MASKED, erased: " + Masking.erased(domain));
    }
    if (!Masking.hashed(domain).isEmpty()) {
      unchecked.add("MASKED, keyed hashes, taken as they are: " + Masking.hashed(domain));
    }
    if (frozen.isPresent()) {
      return frozen
          .get()
          .decide(part.controls(), part.batch(), part.release().book())
          .decisions();
    }
    requireNoDates(name, part);
    return part.decideAgain(gate, policy).decisions();
  }

  private void requireNoDates(String name, RecordedPart part) {
    if (!part.ofTheMoment().isEmpty()) {
      unchecked.add(name + ": " + part.ofTheMoment() + ", which the release's dates decide");
    }
    RecordedPart.ReleaseName release = part.release();
    if (release.book().isPresent()) {
      unchecked.add("release " + release.version() + ", epoch " + release.epoch()
          + ": its name, epoch and dates; the frozen release would tell");
    }
  }

  /* Rejected records count for the batch's time, and no decision tells theirs. */
  private void requireTime(String name, Batch batch) {
    long latest =
        batch.records().stream().mapToLong(Batch.Member::timestamp).max().orElse(batch.latest());
    if (batch.latest() < latest || batch.rejected() == 0 && batch.latest() != latest) {
      differ(name, "batchTime", String.valueOf(batch.latest()), String.valueOf(latest));
    }
  }

  private void compare(List<ObjectNode> recorded, List<Decision> recomputed) {
    for (int i = 0; i < recorded.size(); i++) {
      compare(id(recorded.get(i)), "", recorded.get(i), DecisionJson.content(recomputed.get(i)));
    }
  }

  private void compare(String record, String path, JsonNode recorded, JsonNode recomputed) {
    if (recorded.isObject() && recomputed.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      recomputed.fieldNames().forEachRemaining(names::add);
      recorded.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        // A changed value changes the seals too; they are checked on their own.
        if (!(path.isEmpty() && SEALS.contains(name))) {
          String inner = path.isEmpty() ? name : path + "." + name;
          compare(record, inner, recorded.path(name), recomputed.path(name));
        }
      }
    } else if (!recorded.equals(recomputed) && !text(recorded).equals(text(recomputed))) {
      differ(record, path, text(recorded), text(recomputed));
    }
  }

  private static String text(JsonNode json) {
    return json.isMissingNode() ? "(absent)" : CanonicalJson.of(json);
  }

  private void differ(String record, String path, String recorded, String recomputed) {
    differences.add(new Verification.Difference(record, path, recorded, recomputed));
  }

  private static String id(ObjectNode decision) {
    return decision.path("recordId").asText();
  }
}
