package dev.weir.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * An ensemble as an ONNX model: one TreeEnsembleRegressor (ai.onnx.ml, version 3) whose only target
 * is the mean of the members' margins. Field numbers are those of onnx.proto3.
 */
final class OnnxModel {
  static final String INPUT = "row";

  private static final int FLOAT = 1;
  private static final int ATTRIBUTE_FLOATS = 6;
  private static final int ATTRIBUTE_INTS = 7;
  private static final int ATTRIBUTE_STRINGS = 8;

  private final List<Long> treeOfNode = new ArrayList<>();
  private final List<Long> node = new ArrayList<>();
  private final List<Long> feature = new ArrayList<>();
  private final List<Float> value = new ArrayList<>();
  private final List<String> mode = new ArrayList<>();
  private final List<Long> whenTrue = new ArrayList<>();
  private final List<Long> whenFalse = new ArrayList<>();
  private final List<Long> missingIsTrue = new ArrayList<>();
  private final List<Long> treeOfLeaf = new ArrayList<>();
  private final List<Long> leaf = new ArrayList<>();
  private final List<Long> target = new ArrayList<>();
  private final List<Float> weight = new ArrayList<>();

  private OnnxModel() {}

  static byte[] of(List<BoosterFile> members) {
    OnnxModel model = new OnnxModel();
    float base = 0;
    long tree = 0;
    for (BoosterFile member : members) {
      base += member.baseMargin() / members.size();
      for (BoosterFile.Nodes nodes : member.trees()) {
        model.add(nodes, tree++, members.size());
      }
    }
    return model.file(members.get(0).features(), base);
  }

  private void add(BoosterFile.Nodes nodes, long tree, int members) {
    for (int i = 0; i < nodes.left().length; i++) {
      boolean isLeaf = nodes.isLeaf(i);
      treeOfNode.add(tree);
      node.add((long) i);
      feature.add(isLeaf ? 0L : nodes.feature()[i]);
      value.add(isLeaf ? 0f : nodes.condition()[i]);
      mode.add(isLeaf ? "LEAF" : "BRANCH_LT");
      whenTrue.add(isLeaf ? 0L : nodes.left()[i]);
      whenFalse.add(isLeaf ? 0L : nodes.right()[i]);
      missingIsTrue.add(!isLeaf && nodes.missingLeft()[i] ? 1L : 0L);
      if (isLeaf) {
        treeOfLeaf.add(tree);
        leaf.add((long) i);
        target.add(0L);
        weight.add(nodes.condition()[i] / members);
      }
    }
  }

  private byte[] file(int features, float base) {
    Protobuf operator = new Protobuf()
        .text(1, INPUT)
        .text(2, "margin")
        .text(3, "trees")
        .text(4, "TreeEnsembleRegressor")
        .text(7, "ai.onnx.ml");
    integers(operator, "nodes_treeids", treeOfNode);
    integers(operator, "nodes_nodeids", node);
    integers(operator, "nodes_featureids", feature);
    reals(operator, "nodes_values", value);
    texts(operator, "nodes_modes", mode);
    integers(operator, "nodes_truenodeids", whenTrue);
    integers(operator, "nodes_falsenodeids", whenFalse);
    integers(operator, "nodes_missing_value_tracks_true", missingIsTrue);
    integers(operator, "target_treeids", treeOfLeaf);
    integers(operator, "target_nodeids", leaf);
    integers(operator, "target_ids", target);
    reals(operator, "target_weights", weight);
    reals(operator, "base_values", List.of(base));
    operator.message(5, new Protobuf().text(1, "n_targets").integer(3, 1).integer(20, 2));
    Protobuf graph = new Protobuf()
        .message(1, operator)
        .text(2, "ensemble")
        .message(11, tensor(INPUT, features))
        .message(12, tensor("margin", 1));
    return new Protobuf()
        .integer(1, 8)
        .message(7, graph)
        .message(8, new Protobuf().text(1, "").integer(2, 15))
        .message(8, new Protobuf().text(1, "ai.onnx.ml").integer(2, 3))
        .toBytes();
  }

  private static Protobuf tensor(String name, int columns) {
    Protobuf shape = new Protobuf()
        .message(1, new Protobuf().integer(1, 1))
        .message(1, new Protobuf().integer(1, columns));
    Protobuf type = new Protobuf().message(1, new Protobuf().integer(1, FLOAT).message(2, shape));
    return new Protobuf().text(1, name).message(2, type);
  }

  private static void integers(Protobuf operator, String name, List<Long> values) {
    Protobuf attribute = new Protobuf().text(1, name);
    values.forEach(each -> attribute.integer(8, each));
    operator.message(5, attribute.integer(20, ATTRIBUTE_INTS));
  }

  private static void reals(Protobuf operator, String name, List<Float> values) {
    Protobuf attribute = new Protobuf().text(1, name);
    values.forEach(each -> attribute.real(7, each));
    operator.message(5, attribute.integer(20, ATTRIBUTE_FLOATS));
  }

  private static void texts(Protobuf operator, String name, List<String> values) {
    Protobuf attribute = new Protobuf().text(1, name);
    values.forEach(each -> attribute.text(9, each));
    operator.message(5, attribute.integer(20, ATTRIBUTE_STRINGS));
  }
}
