package dev.weir.bench;

import java.util.List;

/** The plain layout: nodes linked by index, one array for each part of a node, a branch per split. */
final class LinkedTrees implements RowScorer {
  private final List<BoosterFile> members;

  LinkedTrees(List<BoosterFile> members) {
    this.members = List.copyOf(members);
  }

  @Override
  public double margin(float[] row) {
    double sum = 0;
    for (BoosterFile member : members) {
      float margin = member.baseMargin();
      for (BoosterFile.Nodes tree : member.trees()) {
        int node = 0;
        while (!tree.isLeaf(node)) {
          boolean left = tree.goesLeft(node, row[tree.feature()[node]]);
          node = left ? tree.left()[node] : tree.right()[node];
        }
        margin += tree.condition()[node];
      }
      sum += margin;
    }
    return sum / members.size();
  }
}
