package dev.weir.schemas.wire;

import dev.weir.schemas.avro.Decision;
import org.apache.avro.util.ClassSecurityValidator;

/** The generated classes, which Avro has to be told to trust. */
final class GeneratedClasses {
  /*
   * Since 1.12.1 Avro makes an object of a class that a schema names only if the JVM trusts the class. A
   * system property would do, but then every program that uses this module would have to set it.
   */
  private static final String PACKAGE = Decision.class.getPackageName() + ".";

  private GeneratedClasses() {}

  /** Adds them to what this JVM trusts already. */
  static void trust() {
    ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
        ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(PACKAGE)));
  }
}
