package dev.weir.app;

import dev.weir.gating.policy.PolicyFile;
import dev.weir.model.definition.DomainDefinition;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Domains and policies that an option gives by a shipped name or a file. */
final class Named {
  /** As help texts name them. */
  static final String POLICIES =
      "passenger/hotfix, passenger/steady, passenger/baseline, passenger/guarded.";

  private Named() {}

  static DomainDefinition domain(String name) {
    return DomainDefinition.SHIPPED.contains(name)
        ? DomainDefinition.shipped(name)
        : DomainDefinition.read(name, text("domain", name, DomainDefinition.SHIPPED));
  }

  static String policyText(String name) {
    return PolicyFile.SHIPPED.contains(name)
        ? PolicyFile.shippedText(name)
        : text("policy", name, PolicyFile.SHIPPED);
  }

  static PolicyFile policy(String name, DomainDefinition definition) {
    return PolicyFile.read(name, policyText(name), definition);
  }

  /** The shipped policy of a fingerprint, as it reads in a domain. */
  static Optional<String> shippedPolicy(String fingerprint, DomainDefinition definition) {
    return PolicyFile.SHIPPED.stream()
        .filter(name -> name.startsWith(definition.domain().name() + "/"))
        .filter(name -> policy(name, definition).fingerprint().hex().equals(fingerprint))
        .findFirst();
  }

  /** The text of a file. */
  static String text(String what, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no " + what + " file " + file);
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static String text(String what, String name, Object shipped) {
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "no " + what + " '" + name + "': neither a file nor shipped; shipped: " + shipped);
    }
    return text(what, file);
  }
}
