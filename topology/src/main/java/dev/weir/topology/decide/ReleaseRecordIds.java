package dev.weir.topology.decide;

import dev.weir.gating.release.Release;
import dev.weir.model.domain.RawRecord;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.wire.Payload;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.ClosedBatch;
import dev.weir.topology.collect.Received;
import dev.weir.topology.collect.RecordIds;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads ids by the domain of the newest release. Which release decides is known only when the batch
 * closes, but the field with the id is what two domains of a scope are least likely to differ in. An
 * id that the domain hashes is hashed here as well: the store of ids outlives the batch.
 *
 * <p>A record that is rejected whatever its value says has none, and no more has one that cannot be read, for whatever
 * reason: it must not stand in the way of the same record without that mistake. For one thread.
 */
public final class ReleaseRecordIds implements RecordIds {
  private final Supplier<InForce> inForce;
  private final BatchReader reader;
  private Optional<Known> known = Optional.empty();

  /**
   * @param sourceTopic that the records are read from
   * @param readers gives what reads the things that a registry is needed for
   */
  public ReleaseRecordIds(
      Supplier<InForce> inForce, String sourceTopic, Supplier<PayloadReader> readers) {
    this.inForce = inForce;
    this.reader = new BatchReader(sourceTopic, readers);
  }

  private record Known(long epoch, RecordCodec codec) {}

  @Override
  public Optional<String> of(Received record) {
    return ClosedBatch.problem(record).isPresent()
        ? Optional.empty()
        : inForce.get().book().newest().flatMap(release -> id(release, record));
  }

  private RecordCodec codec(Release release) {
    Optional<Known> last = known;
    if (last.isPresent() && last.get().epoch() == release.epoch()) {
      return last.get().codec();
    }
    RecordCodec codec = RecordCodec.of(
        release.gate().bundle().definition().domain(), release.gate().hashing());
    known = Optional.of(new Known(release.epoch(), codec));
    return codec;
  }

  private Optional<String> id(Release release, Received record) {
    Payload payload = reader.read(record); // a registry's outage is no record's fault
    try {
      return codec(release).parse(payload) instanceof RawRecord raw
          ? Optional.of(raw.id())
          : Optional.empty();
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      return Optional.empty(); // deciding its batch says what is wrong with it
    }
  }
}
