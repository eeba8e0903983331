package dev.weir.topology.decide;

import dev.weir.gating.release.Release;
import dev.weir.model.domain.RawRecord;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.schemas.wire.UndecodableRecord;
import dev.weir.topology.book.InForce;
import dev.weir.topology.collect.ClosedBatch;
import dev.weir.topology.collect.Received;
import dev.weir.topology.collect.RecordIds;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads ids by the domain of the newest release. Which release decides is known only when the batch
 * closes, but the field with the id is what two domains of a scope are least likely to differ in.
 *
 * <p>A record that is rejected whatever its value says has none: it must not stand in the way of the same record without
 * that mistake. For one thread.
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
        : inForce.get().book().newest().flatMap(release -> id(codec(release), record));
  }

  private RecordCodec codec(Release release) {
    Optional<Known> last = known;
    if (last.isPresent() && last.get().epoch() == release.epoch()) {
      return last.get().codec();
    }
    RecordCodec codec = RecordCodec.of(release.gate().bundle().definition().domain());
    known = Optional.of(new Known(release.epoch(), codec));
    return codec;
  }

  private Optional<String> id(RecordCodec codec, Received record) {
    try {
      return codec.parse(reader.read(record)) instanceof RawRecord raw
          ? Optional.of(raw.id())
          : Optional.empty();
    } catch (UndecodableRecord e) {
      return Optional.empty();
    }
  }
}
