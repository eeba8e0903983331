package dev.weir.operations.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.schemas.wire.DecisionInput;

/** One decision of a log, in the form in which the log has it. */
sealed interface LoggedDecision {
  PartKey part();

  /** How many decisions its part has: its records without the rejected ones. */
  int decisionsInPart();

  /** How many records its part has, rejected ones included. */
  int recordsInPart();

  /** Of the record. */
  long offset();

  /** The part's largest timestamp, epoch milliseconds. */
  long time();

  /** A decision of a topic. */
  record Wire(byte[] bytes, DecisionInput decision) implements LoggedDecision {
    @Override
    public PartKey part() {
      return new PartKey(
          decision.source().topic(),
          decision.source().partition(),
          decision.batch().id(),
          decision.batch().part());
    }

    @Override
    public int decisionsInPart() {
      return decision.batch().size() - decision.batch().rejected();
    }

    @Override
    public int recordsInPart() {
      return decision.batch().size();
    }

    @Override
    public long offset() {
      return decision.source().offset();
    }

    @Override
    public long time() {
      return decision.batch().latest();
    }
  }

  /**
   * A decision of a file with JSON lines.
   *
   * @param line as it stands
   * @param json of it, what {@link LineReader} takes
   */
  record Line(byte[] line, ObjectNode json) implements LoggedDecision {
    @Override
    public PartKey part() {
      JsonNode source = json.path("source");
      return new PartKey(
          source.path("topic").asText(),
          source.path("partition").asInt(),
          json.path("batchId").asText(),
          json.path("batchPart").asLong());
    }

    @Override
    public int decisionsInPart() {
      return json.path("batchSize").asInt() - json.path("rejectedInBatch").asInt();
    }

    @Override
    public int recordsInPart() {
      return json.path("batchSize").asInt();
    }

    @Override
    public long offset() {
      return json.path("source").path("offset").asLong();
    }

    @Override
    public long time() {
      return json.path("batchTime").asLong();
    }
  }
}
