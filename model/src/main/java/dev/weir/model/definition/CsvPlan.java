package dev.weir.model.definition;

import dev.weir.model.document.Section;
import dev.weir.model.domain.Domain;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV becomes records of a domain.
 *
 * @param imputedColumn the column that names what upstream imputed, joined by {@code |}
 * @param derivations by field name, how a column that the file lacks is computed, in order
 */
public record CsvPlan(String imputedColumn, Map<String, Derivation> derivations) {
  /** How a value is computed from other columns of the same file. */
  public sealed interface Derivation {}

  /** The text of a column up to a separator; all of it where there is none. */
  public record PrefixOf(String column, String before) implements Derivation {}

  /** How many rows of the file have the same value in a column. */
  public record CountOf(String column) implements Derivation {}

  /** The plan of a domain that declares none. */
  static CsvPlan none() {
    return new CsvPlan("imputed", Map.of());
  }

  static CsvPlan read(Section section, Domain domain) {
    String imputed = section.text("imputed", "imputed");
    Map<String, Derivation> derivations = new LinkedHashMap<>();
    if (section.has("derive")) {
      derivations.putAll(section.named("derive", CsvPlan::derivation));
    }
    derivations.forEach((field, derivation) -> {
      if (domain.fieldIndex(field).isEmpty()) {
        section.note("derive", "'" + field + "' is not a field of this domain");
      } else if (derivation instanceof PrefixOf prefix
          && isSensitive(domain, prefix.column())
          && !isSensitive(domain, field)) {
        section.note(
            "derive",
            "'" + field + "' is a part of '" + prefix.column()
                + "', which is sensitive; make it sensitive too, or it lies in the bundle");
      }
    });
    return new CsvPlan(imputed, derivations);
  }

  private static boolean isSensitive(Domain domain, String name) {
    OptionalInt field = domain.fieldIndex(name);
    return field.isPresent() && domain.fields().get(field.getAsInt()).sensitive();
  }

  private static @Nullable Derivation derivation(Section section) {
    if (section.has("prefixOf")) {
      return new PrefixOf(section.text("prefixOf"), section.text("before"));
    }
    if (section.has("countOf")) {
      return new CountOf(section.text("countOf"));
    }
    section.note("a derivation is {prefixOf: COLUMN, before: TEXT} or {countOf: COLUMN}");
    return null;
  }
}
