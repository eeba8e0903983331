package dev.weir.operations.replay;

import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import dev.weir.operations.policy.PolicyTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The policies and bundles that a replay may decide with. Threads may share it. */
public final class Releases {
  private final List<Bundle> bundles;
  private final Optional<PolicyFile> instead;
  private final List<Dated> published = new ArrayList<>();
  private final Secrets secrets;
  private final Map<Fingerprint, String> policies = new HashMap<>();
  private final Map<Pair, Optional<Gate>> gates = new ConcurrentHashMap<>();

  private record Pair(Fingerprint policy, Fingerprint bundle) {}

  /** A release that the policy topic may choose. */
  private record Dated(long offset, ReleasePayload payload, Fingerprint policy) {}

  /**
   * What decides a part again.
   *
   * @param isLate whether the policy topic chooses another release than the part names
   */
  record Choice(Gate gate, Fingerprint policy, boolean isLate) {}

  /**
   * @param bundles of which a part is decided by the one it names, else by the first; not empty
   * @param instead the text of the policy that decides everything; empty for the recorded ones
   * @param book what the policy topic has, and whose releases count
   * @param secrets of the gate that decided: its sample keys, its masking key
   * @throws dev.weir.model.document.InvalidDocument if the policy has mistakes
   */
  public Releases(
      List<Bundle> bundles, Optional<String> instead, PublishedBook book, Secrets secrets) {
    this.bundles = List.copyOf(bundles);
    this.secrets = secrets;
    for (PolicyTopic.Published one : book.published()) {
      String text = CanonicalJson.of(one.payload().policy());
      policies.put(Fingerprint.of(text), text);
    }
    for (PolicyTopic.Published one : book.taken(bundles)) {
      String text = CanonicalJson.of(one.payload().policy());
      published.add(new Dated(one.offset(), one.payload(), Fingerprint.of(text)));
    }
    this.instead =
        instead.map(text -> PolicyFile.read("policy", text, bundles.get(0).definition()));
    this.instead.ifPresent(file -> policies.put(file.fingerprint(), CanonicalJson.of(file.json())));
    for (String name : PolicyFile.SHIPPED) {
      for (Bundle bundle : bundles) {
        read(PolicyFile.shippedText(name), bundle)
            .ifPresent(file -> policies.put(file.fingerprint(), CanonicalJson.of(file.json())));
      }
    }
  }

  /* A policy of another domain is none for this bundle. */
  private Optional<PolicyFile> read(String text, Bundle bundle) {
    try {
      return Optional.of(PolicyFile.read("policy", text, bundle.definition()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What decides a part again; empty where its policy is nowhere to be had. */
  Optional<Choice> choose(ReleaseStamp recorded, long time) {
    Bundle bundle = bundle(recorded.bundle());
    if (instead.isPresent()) {
      Fingerprint policy = instead.get().fingerprint();
      return gate(policy, bundle).map(gate -> new Choice(gate, policy, false));
    }
    Optional<Dated> now = chosen(recorded, time);
    if (now.isPresent() && now.get().payload().epoch() != recorded.epoch()) {
      Fingerprint policy = now.get().policy();
      return gate(policy, bundle(now.get().payload().bundle()))
          .map(gate -> new Choice(gate, policy, true));
    }
    return gate(recorded.policy(), bundle).map(gate -> new Choice(gate, recorded.policy(), false));
  }

  /* As the release book chooses: the highest epoch in force by then, else the lowest. */
  private Optional<Dated> chosen(ReleaseStamp recorded, long time) {
    Optional<Dated> lowest = Optional.empty();
    for (int i = published.size() - 1; i >= 0 && recorded.book().isPresent(); i--) {
      Dated one = published.get(i);
      if (one.payload().scope().equals(recorded.scope())
          && one.offset() <= recorded.book().getAsLong()) {
        lowest = Optional.of(one);
        if (one.payload().effectiveFrom() <= time) {
          return lowest;
        }
      }
    }
    return lowest;
  }

  private Bundle bundle(Fingerprint wanted) {
    for (Bundle bundle : bundles) {
      if (bundle.fingerprint().equals(wanted)) {
        return bundle;
      }
    }
    return bundles.get(0);
  }

  private Optional<Gate> gate(Fingerprint policy, Bundle bundle) {
    Pair pair = new Pair(policy, bundle.fingerprint());
    Optional<Gate> known = gates.get(pair); // which takes no lock
    return known != null
        ? known
        : gates.computeIfAbsent(
            pair,
            any -> Optional.ofNullable(policies.get(policy))
                .flatMap(text -> read(text, bundle))
                .map(file -> new Gate(file.policy(), bundle, secrets)));
  }
}
