package dev.weir.schemas.topic;

import java.util.regex.Pattern;

/**
 * The names of the topics that one scope's gate reads and writes.
 *
 * @param prefix what every name begins with
 * @param scope what one gate governs, usually the domain's name
 */
public record TopicNames(String prefix, String scope) {
  /** The prefix where none is configured. */
  public static final String DEFAULT_PREFIX = "weir";

  private static final Pattern PART = Pattern.compile("[a-zA-Z0-9._-]+");
  private static final int NAME_CHARACTERS_MAX = 249;

  public TopicNames {
    require("prefix", prefix);
    require("scope", scope);
    int longest = (prefix + "." + scope + ".priority-audit").length();
    if (longest > NAME_CHARACTERS_MAX) {
      throw new IllegalArgumentException("the topics of prefix '" + prefix + "' and scope '" + scope
          + "' have names of " + longest + " characters, limit " + NAME_CHARACTERS_MAX
          + "; shorten one of them");
    }
  }

  private static void require(String what, String value) {
    if (!PART.matcher(value).matches()) {
      throw new IllegalArgumentException(what + " '" + value
          + "' cannot be part of a topic's name; use letters, digits, '.', '_' and '-'");
    }
  }

  /** The names of a scope's topics under the default prefix. */
  public static TopicNames of(String scope) {
    return new TopicNames(DEFAULT_PREFIX, scope);
  }

  /** Raw records, keyed by batch id. */
  public String records() {
    return scoped("records");
  }

  /** Decisions that stand without a person, keyed by record id. */
  public String autoAccept() {
    return scoped("auto-accept");
  }

  /** Decisions that a person looks at, held ones included, keyed by record id. */
  public String priorityAudit() {
    return scoped("priority-audit");
  }

  /** Held batches, keyed by batch id. */
  public String holds() {
    return scoped("holds");
  }

  /** What could not be decided, keyed as received. */
  public String deadLetters() {
    return scoped("dead-letters");
  }

  /** Where a shadow release would have decided otherwise, keyed by record id. */
  public String shadow() {
    return scoped("shadow");
  }

  /** Release envelopes of all scopes, keyed by scope and epoch. */
  public String policies() {
    return shared("policies");
  }

  /** Control orders of all scopes, keyed by scope and kind. */
  public String controls() {
    return shared("controls");
  }

  /** Parts of bundles, keyed by fingerprint and part. */
  public String bundles() {
    return shared("bundles");
  }

  /** What each instance activated or refused, keyed by instance and scope. */
  public String activations() {
    return shared("activations");
  }

  /** What a person must hear of at once. */
  public String alerts() {
    return shared("alerts");
  }

  private String scoped(String name) {
    return prefix + "." + scope + "." + name;
  }

  private String shared(String name) {
    return prefix + "." + name;
  }
}
