package dev.weir.topology.app;

import dev.weir.topology.log.LogLine;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What catches an exception that should not have come: it says where and stops the client, whose
 * transaction is then aborted. No known case reaches it.
 */
public final class LastNet implements ProcessingExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LastNet.class);

  @Override
  public Response handleError(
      ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception exception) {
    LOG.error(
        "{}",
        LogLine.event("unexpected")
            .with("node", context.processorNodeId())
            .with("task", context.taskId())
            .with("topic", context.topic())
            .with("partition", context.partition())
            .with("offset", context.offset())
            .with("reason", exception));
    return Response.fail();
  }

  @Override
  public void configure(Map<String, ?> configs) {}
}
