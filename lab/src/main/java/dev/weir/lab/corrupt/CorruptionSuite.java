package dev.weir.lab.corrupt;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.document.Document;
import dev.weir.model.document.Section;
import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.Role;
import dev.weir.model.feature.Evidence;
import dev.weir.model.flag.FlagSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Every corruption that a domain is tried with: the twelve families of {@link Family}, each on the fields it can happen
 * to. A small file may say which; what it leaves out follows from the domain.
 */
public final class CorruptionSuite {
  private static final String SHIPPED = ".yaml";
  private static final String NONE = "{}";

  private final Domain domain;
  private final List<String> missing;
  private final List<String> renamed;
  private final List<String> swapped;
  private final List<String> flipped;
  private final FlagSet flags;
  private final List<String> cohorts;
  private final Fingerprint fingerprint;

  private CorruptionSuite(Section section, String text, DomainDefinition definition) {
    this.fingerprint = Fingerprint.of(text + "\n" + definition.text());
    this.domain = definition.domain();
    List<String> channels = channels();
    this.missing = names(section, "missing", plain(f -> true), fields());
    this.renamed = names(section, "renamed", categories(), categories());
    this.swapped = names(section, "swapped", ring(channels), channels);
    this.flipped = names(section, "flipped", plain(f -> f.kind() == Kind.BOOLEAN), truths());
    boolean isDeclared = section.has("cohorts");
    int known = definition.flags().size();
    this.flags =
        isDeclared ? definition.flags().and(section, "cohorts", domain) : definition.flags();
    this.cohorts = IntStream.range(0, flags.size())
        .filter(flag -> isDeclared ? flag >= known : (definition.fragile() >>> flag & 1) != 0)
        .mapToObj(flag -> flags.flags().get(flag).name())
        .toList();
  }

  /** The suite of a domain: the one that comes with Weir where there is one, else what follows from the domain. */
  public static CorruptionSuite of(DomainDefinition definition) {
    String name = definition.domain().name() + SHIPPED;
    try (InputStream in = CorruptionSuite.class.getResourceAsStream(name)) {
      boolean isShipped =
          in != null && DomainDefinition.SHIPPED.contains(definition.domain().name());
      return isShipped
          ? read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), definition)
          : read("derived", NONE, definition);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a suite's file.
   *
   * @param file the name that messages give the text
   * @throws dev.weir.model.document.InvalidDocument with every mistake, each with its place
   */
  public static CorruptionSuite read(String file, String text, DomainDefinition definition) {
    return Document.read(file, text, section -> new CorruptionSuite(section, text, definition));
  }

  private static List<String> names(
      Section section, String key, List<String> otherwise, List<String> allowed) {
    if (!section.has(key)) {
      return otherwise;
    }
    List<String> names = section.texts(key);
    for (String name : names) {
      List<String> unknown =
          parts(name).stream().filter(part -> !allowed.contains(part)).toList();
      if (!unknown.isEmpty()) {
        section.note(key, unknown + " cannot be " + key + "; choose from " + allowed);
      } else if (key.equals("swapped") && parts(name).size() != 2) {
        section.note(key, "'" + name + "' must be two channels, joined by +");
      }
    }
    return names;
  }

  private static List<String> parts(String name) {
    return Arrays.asList(name.split("\\+", -1));
  }

  private List<String> channels() {
    return Arrays.stream(domain.channels())
        .mapToObj(field -> domain.fields().get(field).name())
        .toList();
  }

  private List<String> fields() {
    return Arrays.stream(domain.evidence())
        .mapToObj(field -> domain.fields().get(field).name())
        .toList();
  }

  /** Evidence that is no channel. */
  private List<String> plain(Predicate<Field> condition) {
    return domain.fields().stream()
        .filter(field -> field.role() == Role.FEATURE && condition.test(field))
        .map(Field::name)
        .toList();
  }

  private List<String> truths() {
    return plain(field -> field.kind() == Kind.BOOLEAN);
  }

  private List<String> categories() {
    return IntStream.range(0, domain.attributes().size())
        .filter(a -> domain.isEvidence(a) && domain.attributes().get(a).kind() == Kind.CATEGORY)
        .mapToObj(domain.attributes()::get)
        .map(Attribute::name)
        .toList();
  }

  /** Each with its neighbour, the last with the first. */
  private static List<String> ring(List<String> channels) {
    int pairs = channels.size() > 2 ? channels.size() : channels.size() - 1;
    return IntStream.range(0, Math.max(0, pairs))
        .mapToObj(i -> channels.get(i) + "+" + channels.get((i + 1) % channels.size()))
        .toList();
  }

  /** The name of what its corruptions follow from: its file and the domain. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /**
   * The corruptions, in the order of their families.
   *
   * @param bundle what tells who is in a slice
   */
  public List<Corruption> corruptions(Bundle bundle) {
    List<Corruption> all = new ArrayList<>();
    List<String> channels = channels();
    if (!channels.isEmpty()) {
      all.add(new Corruption.ZeroFilled(false));
      all.add(new Corruption.ZeroFilled(true));
    }
    channels.forEach(channel -> all.add(new Corruption.ChannelDown(channel, true)));
    channels.forEach(channel -> all.add(new Corruption.ChannelDown(channel, false)));
    missing.forEach(name -> all.add(new Corruption.FieldsMissing(parts(name))));
    channels.forEach(channel -> all.add(new Corruption.UnitChanged(channel, true)));
    channels.forEach(channel -> all.add(new Corruption.UnitChanged(channel, false)));
    renamed.forEach(name -> all.add(new Corruption.CategoryRenamed(name)));
    swapped.forEach(pair ->
        all.add(new Corruption.ChannelsSwapped(parts(pair).get(0), parts(pair).get(1))));
    flipped.forEach(name -> all.add(new Corruption.TruthFlipped(name)));
    all.add(new Corruption.Duplicated());
    for (String cohort : cohorts) {
      all.add(new Corruption.CohortShifted(
          cohort, new Membership(bundle, flags, flags.index(cohort).orElseThrow())));
    }
    return List.copyOf(all);
  }

  /** Whether a flag is true of a record. */
  private record Membership(Bundle bundle, FlagSet flags, int flag)
      implements Predicate<RawRecord> {
    @Override
    public boolean test(RawRecord record) {
      Evidence evidence = bundle.evidence(record);
      long truths = flags
          .read(
              record,
              bundle.reference(),
              evidence.imputation().values(),
              evidence.imputation().asReceived())
          .truths();
      return (truths >>> flag & 1) != 0;
    }
  }
}
