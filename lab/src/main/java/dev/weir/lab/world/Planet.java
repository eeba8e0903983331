package dev.weir.lab.world;

import java.util.List;

/** Where a travel group comes from; most other marginals hang on it. */
enum Planet {
  EARTH("Earth"),
  EUROPA("Europa"),
  MARS("Mars");

  static final List<Planet> ALL = List.of(values());

  final String cell;

  Planet(String cell) {
    this.cell = cell;
  }
}
