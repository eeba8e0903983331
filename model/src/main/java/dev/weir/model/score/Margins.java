package dev.weir.model.score;

import dev.weir.model.domain.Domain;
import dev.weir.model.domain.Field;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.Role;
import dev.weir.model.feature.EvidenceView;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.tree.PathAttribution;
import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.TreeShap;
import java.util.Arrays;
import java.util.List;

/** Computes or reads a record's margin, its members' margins, and what its sources contributed. */
sealed interface Margins {
  /** The manifest of sources; empty where the model tells no contributions. */
  List<String> sources();

  /** How many members can agree or not; 0 where there is but one model. */
  int members();

  /**
   * A sheet for this model's scores.
   *
   * @param columns of the domain that trees read
   * @param fallbackColumns that only the fallback reads
   */
  ScoreSheet sheet(int columns, int fallbackColumns);

  /** Fills in margin, bias and contributions. */
  void fill(EvidenceView evidence, ScoreSheet sheet);

  /** Exact Shapley values of the margin by source; where none can be computed, what is known. */
  double[] shapley(EvidenceView evidence);

  /** The margin of a member of the record that is filled in. */
  double member(int member, EvidenceView evidence, ScoreSheet sheet);

  static Margins of(MainModel model, Domain domain, Featurizer columns) {
    if (model instanceof MainModel.Native trees) {
      return new Trees(trees.ensemble(), columns, false);
    }
    if (model instanceof MainModel.Imported trees) {
      return new Trees(trees.ensemble(), trees.columns().featurizer(), true);
    }
    if (model instanceof MainModel.External) {
      return new Brought(domain);
    }
    throw new AssertionError(model);
  }

  /** Trees of the bundle. */
  final class Trees implements Margins {
    private final PathAttribution attribution;
    private final Featurizer columns;
    private final TreeEnsemble ensemble;
    private final boolean ownColumns;

    /** @param ownColumns whether the columns are not the domain's, which the sheet has already */
    Trees(TreeEnsemble ensemble, Featurizer columns, boolean ownColumns) {
      this.attribution = PathAttribution.of(
          ensemble, columns.sourceOfColumn(), columns.sources().size());
      this.columns = columns;
      this.ensemble = ensemble;
      this.ownColumns = ownColumns;
    }

    @Override
    public List<String> sources() {
      return columns.sources();
    }

    @Override
    public int members() {
      return ensemble.memberCount() == 1 ? 0 : ensemble.memberCount();
    }

    @Override
    public ScoreSheet sheet(int domainColumns, int fallbackColumns) {
      return new ScoreSheet(
          domainColumns,
          fallbackColumns,
          ownColumns ? columns.size() : 0,
          ensemble.memberCount(),
          members(),
          attribution.sourceCount());
    }

    @Override
    public void fill(EvidenceView evidence, ScoreSheet sheet) {
      float[] inputs = sheet.inputs;
      if (ownColumns) {
        columns.fill(evidence, sheet.mappedRow);
        Scorer.fillInputs(sheet.mappedRow, sheet.mappedInputs);
        inputs = sheet.mappedInputs;
      }
      attribution.score(inputs, sheet.memberMargins, sheet.contributions);
      sheet.margin = Scorer.mean(sheet.memberMargins);
      sheet.bias = attribution.bias();
    }

    @Override
    public double[] shapley(EvidenceView evidence) {
      double[] row = new double[columns.size()];
      columns.fill(evidence, row);
      double[] byColumn = TreeShap.meanContributions(ensemble, 0, Scorer.inputs(row));
      double[] bySource = new double[columns.sources().size()];
      for (int column = 0; column < row.length; column++) {
        bySource[columns.sourceOfColumn()[column]] += byColumn[column];
      }
      return bySource;
    }

    @Override
    public double member(int member, EvidenceView evidence, ScoreSheet sheet) {
      return sheet.memberMargins[member];
    }
  }

  /** Figures that the record brings. */
  final class Brought implements Margins {
    private final int probability;
    private final int[] members;
    private final int[] contributions;
    private final List<String> sources;

    Brought(Domain domain) {
      this.probability = domain.firstAttribute(domain
          .probabilityField()
          .orElseThrow(() -> new IllegalArgumentException("domain " + domain.name()
              + " has no field with role probability, which an external model needs")));
      this.members = attributes(domain, Role.MEMBER);
      this.contributions = attributes(domain, Role.CONTRIBUTION);
      this.sources = domain.fields().stream()
          .filter(field -> field.role() == Role.CONTRIBUTION)
          .map(Field::source)
          .toList();
    }

    private static int[] attributes(Domain domain, Role role) {
      return Arrays.stream(domain.fieldsOf(role)).map(domain::firstAttribute).toArray();
    }

    @Override
    public List<String> sources() {
      return sources;
    }

    @Override
    public int members() {
      return members.length;
    }

    @Override
    public ScoreSheet sheet(int domainColumns, int fallbackColumns) {
      return new ScoreSheet(
          domainColumns, fallbackColumns, 0, 0, members.length, contributions.length);
    }

    @Override
    public void fill(EvidenceView evidence, ScoreSheet sheet) {
      RawRecord record = evidence.record();
      sheet.margin = Scorer.clippedLogit(record.number(probability));
      sheet.bias = sheet.margin;
      for (int j = 0; j < contributions.length; j++) {
        sheet.contributions[j] = record.number(contributions[j]);
        sheet.bias -= sheet.contributions[j];
      }
    }

    @Override
    public double[] shapley(EvidenceView evidence) {
      ScoreSheet sheet = sheet(0, 0);
      fill(evidence, sheet);
      return sheet.contributions;
    }

    @Override
    public double member(int member, EvidenceView evidence, ScoreSheet sheet) {
      return Scorer.clippedLogit(evidence.record().number(members[member]));
    }
  }
}
