package dev.weir.operations;

import dev.weir.operations.cluster.Cluster;
import dev.weir.testkit.broker.EmbeddedBroker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one broker of this run, as a {@link Cluster}. */
public final class SharedBroker implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    EmbeddedBroker broker = context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .computeIfAbsent("broker", key -> EmbeddedBroker.start(), EmbeddedBroker.class);
    return Cluster.at(broker.bootstrapServers());
  }
}
