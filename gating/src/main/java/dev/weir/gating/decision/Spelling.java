package dev.weir.gating.decision;

import java.util.EnumSet;

/** Constants by the names that decisions spell them with. */
public final class Spelling {
  private Spelling() {}

  /**
   * The constant of a name.
   *
   * @param what the name is of, for the message
   * @throws IllegalArgumentException if it names none
   */
  public static <E extends Enum<E>> E read(Class<E> choice, String what, String name) {
    return EnumSet.allOf(choice).stream()
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(what + " '" + name + "' is none that this version knows"));
  }
}
