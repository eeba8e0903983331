package dev.weir.schemas.wire;

import dev.weir.gating.decision.BatchStamp;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.model.domain.RawRecord;

/**
 * A record whose batch could not be decided: it goes to audit with its raw values and no score.
 *
 * @param eventTime the record's timestamp, epoch milliseconds
 */
public record EngineFault(
    BatchStamp batch,
    Position source,
    long eventTime,
    RawRecord record,
    ReleaseStamp release,
    ControlStamp controls) {}
