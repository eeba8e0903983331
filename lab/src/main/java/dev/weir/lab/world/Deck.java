package dev.weir.lab.world;

import java.util.List;

/** A deck: its depth from the top of the ship (0) down, and the count of cabins on each side. */
enum Deck {
  A(0, 110),
  B(1, 350),
  C(2, 340),
  D(3, 290),
  E(4, 600),
  F(5, 1900),
  G(6, 1500),
  T(7, 4);

  static final List<Deck> ALL = List.of(values());

  final int depth;
  final int cabins;

  Deck(int depth, int cabins) {
    this.depth = depth;
    this.cabins = cabins;
  }
}
