package dev.weir.model.score;

import dev.weir.model.domain.Domain;
import dev.weir.model.feature.MappedColumns;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.reference.Reference;
import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.TreeModel;
import dev.weir.model.tree.TreeModelFile;
import java.util.List;

/** The model whose probability the gate judges, and where its margin comes from (gate.md §5). */
public sealed interface MainModel {
  /**
   * Trees that Weir trained on the domain's own columns.
   *
   * @param files the members as XGBoost wrote them, in order
   */
  record Native(TreeEnsemble ensemble, List<byte[]> files) implements MainModel {
    public Native {
      files = List.copyOf(files);
    }
  }

  /**
   * Trees that were trained elsewhere, on columns that a mapping computes.
   *
   * @param files the members as XGBoost or LightGBM wrote them, in order
   */
  record Imported(TreeEnsemble ensemble, List<byte[]> files, MappedColumns columns)
      implements MainModel {
    public Imported {
      files = List.copyOf(files);
    }

    /**
     * Reads members and mapping.
     *
     * @param members XGBoost's JSON or LightGBM's text, at least one, alike in their columns
     * @param file the name that messages give the mapping
     * @throws dev.weir.model.document.InvalidDocument with every mistake of the mapping
     * @throws IllegalArgumentException if a member cannot be scored, has no margin in logits, or is
     *     unlike the first
     */
    public static Imported of(
        List<byte[]> members,
        String file,
        String mapping,
        Domain domain,
        FlagSet flags,
        Reference reference) {
      List<TreeModel> models = members.stream().map(TreeModelFile::read).toList();
      TreeEnsemble ensemble = TreeEnsemble.of(models);
      TreeModel first = models.get(0);
      if (!ensemble.objective().isLogit() || ensemble.targetCount() != 1) {
        throw new IllegalArgumentException("the model has objective "
            + ensemble.objective().label() + " and " + ensemble.targetCount()
            + " targets; import a model of one probability, such as binary:logistic");
      }
      if (!models.stream().allMatch(model -> model.featureNames().equals(first.featureNames()))) {
        throw new IllegalArgumentException(
            "the models have different columns; members of one ensemble read the same");
      }
      MappedColumns columns = MappedColumns.read(
          file,
          mapping,
          domain,
          flags,
          reference,
          new MappedColumns.Wanted(first.featureNames(), first.featureCount()));
      return new Imported(ensemble, members, columns);
    }
  }

  /** A model that stays where it is: each record brings its probability. */
  record External() implements MainModel {}
}
