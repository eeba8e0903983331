package dev.weir.model.feature;

import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.Kind;
import dev.weir.model.domain.Role;
import dev.weir.model.flag.Flag;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.reference.Reference;
import dev.weir.model.reference.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Lays out a record's evidence as the models' input row.
 *
 * <p>Each column belongs to one source: a raw field; a flag that reads no channel; or {@value
 * #CHANNELS} for anything computed from several channels, so that no derived amount escapes the
 * caps. An interaction belongs to its first-named partner's source.
 */
public final class Featurizer {
  /** The source of every column computed from several channels. */
  public static final String CHANNELS = "channels";

  private static final int WINSOR_STEP = 995;

  private final List<Column> columns;
  private final Column.Formula[] formulas;
  private final List<String> sources;
  private final int[] sourceOfColumn;

  public Featurizer(Domain domain, FlagSet flags, FeaturePlan plan, Reference reference) {
    this(new Layout(domain, flags, plan, reference).columns());
  }

  /** The columns that only the fallback reads, after the trees'. */
  public static Featurizer ofFallback(
      Domain domain, FlagSet flags, FeaturePlan plan, Reference reference) {
    return new Featurizer(new Layout(domain, flags, plan, reference).fallbackColumns());
  }

  Featurizer(List<Column> columns) {
    this.columns = List.copyOf(columns);
    this.formulas = columns.stream().map(Column::formula).toArray(Column.Formula[]::new);
    this.sources =
        List.copyOf(new LinkedHashSet<>(columns.stream().map(Column::source).toList()));
    this.sourceOfColumn =
        columns.stream().mapToInt(column -> sources.indexOf(column.source())).toArray();
  }

  /** The row of one record, by column; NaN where a column has no value. */
  public double[] row(EvidenceView evidence) {
    double[] row = new double[formulas.length];
    fill(evidence, row);
    return row;
  }

  /** Fills the first {@link #size()} entries of a row; allocates nothing. */
  public void fill(EvidenceView evidence, double[] row) {
    fill(evidence, row, 0);
  }

  /** Fills {@link #size()} entries of a row from one on; allocates nothing. */
  public void fill(EvidenceView evidence, double[] row, int from) {
    for (int i = 0; i < formulas.length; i++) {
      row[from + i] = formulas[i].of(evidence);
    }
  }

  /** How many columns a row has. */
  public int size() {
    return formulas.length;
  }

  /** The columns' names in order. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** The manifest of sources, in the order in which contributions are reported. */
  public List<String> sources() {
    return sources;
  }

  /** By column, the position of its source in the manifest. */
  public int[] sourceOfColumn() {
    return sourceOfColumn.clone();
  }

  /**
   * By column, whether its numbers are names of categories. Trees split the names in two sets; their order means nothing, so
   * a linear model must not read them.
   */
  public boolean[] nominal() {
    boolean[] nominal = new boolean[columns.size()];
    for (int i = 0; i < nominal.length; i++) {
      nominal[i] = columns.get(i).formula() instanceof Column.Code;
    }
    return nominal;
  }

  /** What answers for a flag: itself, or {@value #CHANNELS} where it reads one. */
  static String source(Flag flag, Domain domain) {
    long channels = Arrays.stream(domain.channels()).mapToLong(c -> 1L << c).sum();
    return (flag.detector().reads() & channels) == 0 ? flag.name() : CHANNELS;
  }

  /** The columns of one domain, in order. */
  private record Layout(Domain domain, FlagSet flags, FeaturePlan plan, Reference reference) {
    List<Column> columns() {
      List<Column> columns = new ArrayList<>();
      int position = 0;
      for (int f : domain.evidence()) {
        Field field = domain.fields().get(f);
        addField(columns, f, field);
        columns.add(
            new Column(field.name() + ":missing", field.name(), new Column.Missing(position++)));
      }
      plan.sums().forEach((name, fields) -> columns.add(new Column(name, CHANNELS, sum(fields))));
      for (Column.Description description : Column.Description.values()) {
        columns.add(new Column(description.column, CHANNELS, new Column.Described(description)));
      }
      for (int i = 0; i < flags.size(); i++) {
        String name = flags.flags().get(i).name();
        columns.add(new Column(name, source(flags.flags().get(i)), new Column.FlagTrue(i)));
      }
      plan.interactions().forEach(interaction -> addInteraction(columns, interaction));
      for (int f : domain.evidence()) {
        addCodes(columns, f);
      }
      return columns;
    }

    List<Column> fallbackColumns() {
      List<Column> columns = new ArrayList<>();
      FallbackPlan fallback = plan.fallback();
      for (int index : fallback.logs()) {
        columns.add(log(index));
      }
      for (String name : fallback.logSums()) {
        columns.add(new Column(
            name + ":log",
            CHANNELS,
            new Column.LogSum(sum(plan.sums().getOrDefault(name, List.of())))));
      }
      double[][] cuts = reference.surprise().coding().cuts();
      for (int index : fallback.bends()) {
        for (double cut : cuts[index]) {
          columns.add(new Column(
              domain.attributes().get(index).name() + ">" + cut,
              fieldName(index),
              new Column.Bend(index, cut)));
        }
      }
      fallback.interactions().forEach(interaction -> addInteraction(columns, interaction));
      return columns;
    }

    private Column.Sum sum(List<Integer> fields) {
      return new Column.Sum(fields.stream().mapToInt(domain::firstAttribute).toArray());
    }

    private Column log(int index) {
      return new Column(
          domain.attributes().get(index).name() + ":log",
          fieldName(index),
          new Column.LogAmount(index, Double.POSITIVE_INFINITY));
    }

    private String fieldName(int index) {
      return domain.fields().get(domain.attributes().get(index).field()).name();
    }

    private void addField(List<Column> columns, int index, Field field) {
      int first = domain.firstAttribute(index);
      if (field.role() == Role.CHANNEL) {
        double cap = reference.marks().at(channel(index), WINSOR_STEP);
        columns.add(
            new Column(field.name() + ":log", field.name(), new Column.LogAmount(first, cap)));
      }
      for (int i = 0; i < Math.max(1, field.parts().size()); i++) {
        addAttribute(columns, field.name(), first + i);
      }
    }

    private void addAttribute(List<Column> columns, String source, int index) {
      Attribute attribute = domain.attributes().get(index);
      if (attribute.kind() == Kind.CATEGORY) {
        addCategories(columns, source, index);
      } else if (attribute.kind() == Kind.TIMESTAMP) {
        // A moment never comes again; what of it comes again can be learnt from.
        columns.add(new Column(attribute.name() + ":hour", source, new Column.HourOfDay(index)));
        columns.add(new Column(attribute.name() + ":weekday", source, new Column.DayOfWeek(index)));
      } else {
        columns.add(new Column(attribute.name(), source, new Column.Value(index)));
        if (plan.logs().contains(index)) {
          columns.add(log(index));
        }
      }
    }

    private void addCategories(List<Column> columns, String source, int index) {
      Attribute attribute = domain.attributes().get(index);
      List<String> categories = vocabulary().categories(index);
      boolean[] shared = reference.frequencies().rare(index, attribute.columnRowsMin());
      boolean any = false;
      for (int code = 0; code < categories.size(); code++) {
        any |= shared[code];
        if (!shared[code]) {
          columns.add(new Column(
              attribute.name() + "=" + categories.get(code),
              source,
              new Column.OneHot(index, code)));
        }
      }
      if (any) {
        columns.add(new Column(
            attribute.name() + ":rare", source, new Column.SharedCategory(index, shared)));
      }
    }

    private void addCodes(List<Column> columns, int field) {
      int first = domain.firstAttribute(field);
      int parts = Math.max(1, domain.fields().get(field).parts().size());
      for (int index = first; index < first + parts; index++) {
        if (domain.attributes().get(index).kind() == Kind.CATEGORY) {
          columns.add(new Column(
              domain.attributes().get(index).name() + ":code",
              fieldName(index),
              new Column.Code(index, numbers(index))));
        }
      }
    }

    /* By code, in order; the rare ones share the last. */
    private int[] numbers(int index) {
      boolean[] shared =
          reference.frequencies().rare(index, domain.attributes().get(index).columnRowsMin());
      int[] numbers = new int[shared.length];
      int own = 0;
      for (int code = 0; code < numbers.length; code++) {
        numbers[code] = shared[code] ? 0 : own++;
      }
      for (int code = 0; code < numbers.length; code++) {
        numbers[code] = shared[code] ? own : numbers[code];
      }
      return numbers;
    }

    private void addInteraction(List<Column> columns, FeaturePlan.Interaction interaction) {
      Flag flag = flags.flags().get(interaction.flag());
      Column.Formula first = new Column.FlagTrue(interaction.flag());
      List<Column> partners = new ArrayList<>();
      interaction.attributes().forEach(attribute -> addAttribute(partners, "", attribute));
      for (int partner : interaction.flags()) {
        partners.add(
            new Column(flags.flags().get(partner).name(), "", new Column.FlagTrue(partner)));
      }
      for (Column partner : partners) {
        columns.add(new Column(
            flag.name() + "*" + partner.name(),
            source(flag),
            new Column.Product(first, partner.formula())));
      }
    }

    private String source(Flag flag) {
      return Featurizer.source(flag, domain);
    }

    private int channel(int field) {
      return Arrays.binarySearch(domain.channels(), field);
    }

    private Vocabulary vocabulary() {
      return reference.vocabulary();
    }
  }
}
