package dev.weir.topology.app;

import dev.weir.testkit.registry.RegistryProcess;

/** One registry for all tests of the module; it ends with their JVM. */
final class SharedRegistry {
  static final RegistryProcess REGISTRY = RegistryProcess.start();

  private SharedRegistry() {}
}
