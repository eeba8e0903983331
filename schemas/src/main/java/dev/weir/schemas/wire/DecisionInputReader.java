package dev.weir.schemas.wire;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.Route;
import dev.weir.model.bundle.Fingerprint;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a decision's input straight from bytes of the current schema, field by field in the order of
 * {@code Decision.avdl}, and passes over the rest. For one thread.
 */
final class DecisionInputReader {
  private static final List<CloseReason> CLOSE_REASONS =
      constants(dev.weir.schemas.avro.CloseReason.getClassSchema(), CloseReason::valueOf);
  private static final List<Route> ROUTES =
      constants(dev.weir.schemas.avro.Route.getClassSchema(), Route::valueOf);
  private static final List<Reason> REASONS =
      constants(dev.weir.schemas.avro.Reason.getClassSchema(), Reason::valueOf);
  private static final String UNKNOWN = "UNKNOWN";

  private final AvroCursor in = new AvroCursor();
  private @Nullable ReleaseStamp lastRelease;
  private byte[] lastReleaseBytes = {};

  /* By symbol. UNKNOWN is the last and no constant of ours, so that its symbol is behind the end. */
  private static <E> List<E> constants(Schema schema, Function<String, E> constant) {
    return schema.getEnumSymbols().stream()
        .filter(symbol -> !symbol.equals(UNKNOWN))
        .map(constant)
        .toList();
  }

  /**
   * The input.
   *
   * @param from where the value begins
   * @throws RuntimeException of many kinds where the bytes are damaged
   */
  DecisionInput read(byte[] bytes, int from) {
    in.over(bytes, from);
    String recordId = in.text();
    String batchId = in.text();
    long part = in.whole();
    int size = in.integer();
    int rejected = in.integer();
    in.passNumbers(1); // fragileFraction
    CloseReason closeReason = CLOSE_REASONS.get(in.integer());
    OptionalLong latest = optional();
    passDrift();
    in.passText(); // domain
    long eventTime = in.whole();
    Position source = new Position(in.name(), in.integer(), in.whole());
    int semantics = in.integer();
    String engine = in.name();
    Map<String, Object> raw = raw();
    boolean isMasked = !in.names().isEmpty();
    List<String> imputed = in.names();
    passEvidence();
    passFindings();
    double probability = in.isPresent() ? in.number() : Double.NaN;
    if (in.isPresent()) {
      in.passTruth(); // predicted
    }
    Route route = ROUTES.get(in.integer());
    in.passWhole(); // recordRoute
    Set<Reason> reasons = reasons();
    in.passTruth(); // canary
    if (in.isPresent()) {
      in.passNumbers(1); // blind
    }
    passPromotion();
    ReleaseStamp release = release();
    ControlStamp controls = new ControlStamp(optional(), in.names());
    if (in.isPresent()) {
      in.passPlain(Fingerprint.BYTES); // seal
    }
    Optional<Fingerprint> batchSeal = fingerprint();
    if (!in.isEnd()) {
      throw new IllegalArgumentException("it is followed by more bytes");
    }
    return new DecisionInput(
        recordId,
        new DecisionInput.Part(
            batchId, part, size, rejected, closeReason, latest.orElse(eventTime)),
        source,
        eventTime,
        semantics,
        engine,
        raw,
        isMasked,
        imputed,
        probability,
        route,
        reasons,
        release,
        controls,
        batchSeal);
  }

  private void passDrift() {
    if (in.isPresent()) {
      in.passWhole().passText().passText().passNumbers(2);
    }
  }

  /* The branches of the map's union: double, boolean, long, string. */
  private Map<String, Object> raw() {
    int count = in.block();
    Map<String, Object> raw = new HashMap<>(2 * count); // so that it never grows
    for (; count > 0; count = in.block()) {
      for (int i = 0; i < count; i++) {
        String name = in.name();
        int branch = in.integer();
        raw.put(
            name,
            switch (branch) {
              case 0 -> (Object) in.number();
              case 1 -> in.truth();
              case 2 -> in.whole();
              case 3 -> in.text();
              default -> throw new IllegalArgumentException("a raw value has no branch " + branch);
            });
      }
    }
    return raw;
  }

  private void passEvidence() {
    for (int count = in.block(); count > 0; count = in.block()) { // imputation
      for (int i = 0; i < count; i++) {
        in.passText().passText();
        passFilled();
      }
    }
    in.passTexts(); // unknownCategories
    if (in.isPresent()) {
      in.passText(); // missingBitmap
    }
    in.passWhole().passWhole(); // the counts
    in.passTexts().passTexts(); // flags, unknownFlags
    if (in.isPresent()) { // topology
      in.passWhole().passNumbers(1);
      if (in.isPresent()) {
        in.passText();
      }
      passOptionalNumber();
      in.passNumbers(3);
      passOptionalNumber();
    }
    in.passNumbers(1); // fragilityScore
    in.passTexts().passTruth(); // slices, fragile
  }

  /* The branches: null, double, boolean, string. */
  private void passFilled() {
    int branch = in.integer();
    switch (branch) {
      case 0 -> {}
      case 1 -> in.passNumbers(1);
      case 2 -> in.passTruth();
      case 3 -> in.passText();
      default -> throw new IllegalArgumentException("a filled value has no branch " + branch);
    }
  }

  private void passFindings() {
    if (in.isPresent()) { // score
      in.passNumbers(2).passNumberArray().passNumbers(2).passTruth();
      in.passNumberArray().passNumbers(4);
    }
    if (in.isPresent()) { // prior
      in.passText().passWhole().passWhole().passNumbers(4);
    }
    if (in.isPresent()) { // caps
      in.passTruth();
      for (int count = in.block(); count > 0; count = in.block()) {
        for (int i = 0; i < count; i++) {
          in.passWhole();
        }
      }
      for (int count = in.block(); count > 0; count = in.block()) {
        for (int i = 0; i < count; i++) {
          in.passWhole().passNumbers(1);
        }
      }
      in.passNumbers(2);
    }
    if (in.isPresent()) { // variance
      in.passNumbers(1);
      for (int count = in.block(); count > 0; count = in.block()) {
        for (int i = 0; i < count; i++) {
          in.passText().passNumbers(1);
        }
      }
      in.passNumbers(1);
    }
    if (in.isPresent()) {
      in.passNumbers(5); // interval
    }
  }

  private Set<Reason> reasons() {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    for (int count = in.block(); count > 0; count = in.block()) {
      for (int i = 0; i < count; i++) {
        reasons.add(REASONS.get(in.integer()));
      }
    }
    return reasons;
  }

  private void passPromotion() {
    if (in.isPresent()) {
      in.passTruth().passTruth().passTexts();
      if (in.isPresent()) {
        in.passWhole();
      }
      in.passTruth();
      passOptionalNumber();
      in.passWhole().passWhole().passWhole();
    }
  }

  /* Most decisions have the release of the one before, byte for byte. */
  private ReleaseStamp release() {
    ReleaseStamp before = lastRelease;
    if (before != null && in.passIf(lastReleaseBytes)) {
      return before;
    }
    int from = in.at();
    ReleaseStamp read = readRelease();
    lastRelease = read;
    lastReleaseBytes = in.since(from);
    return read;
  }

  private ReleaseStamp readRelease() {
    return new ReleaseStamp(
        in.name(),
        in.name(),
        in.whole(),
        Fingerprint.ofSha256(in.plain(Fingerprint.BYTES)),
        Fingerprint.ofSha256(in.plain(Fingerprint.BYTES)),
        optional());
  }

  private Optional<Fingerprint> fingerprint() {
    return in.isPresent()
        ? Optional.of(Fingerprint.ofSha256(in.plain(Fingerprint.BYTES)))
        : Optional.empty();
  }

  private OptionalLong optional() {
    return in.isPresent() ? OptionalLong.of(in.whole()) : OptionalLong.empty();
  }

  private void passOptionalNumber() {
    if (in.isPresent()) {
      in.passNumbers(1);
    }
  }
}
