package dev.weir.gating.decision;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was added to a variance, by name in a fixed order; names to which nothing was added are not in
 * it. Immutable. It holds plain doubles, because every decision has one and few are ever read.
 */
public final class Components extends AbstractMap<String, Double> {
  /** Nothing added. */
  public static final Components NONE = new Components(List.of(), new double[0]);

  private final List<String> names;
  private final double[] added;

  private Components(List<String> names, double[] added) {
    this.names = names;
    this.added = added;
  }

  /**
   * Some components.
   *
   * @param names of all that could be added; not copied where it is immutable
   * @param added by name, at least 0; owned by the map from now on
   */
  public static Components of(List<String> names, double[] added) {
    if (names.size() != added.length) {
      throw new IllegalArgumentException(names.size() + " names and " + added.length + " values");
    }
    return new Components(List.copyOf(names), added);
  }

  static Components copyOf(Map<String, Double> components) {
    if (components instanceof Components own) {
      return own;
    }
    return of(
        List.copyOf(components.keySet()),
        components.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** A value and all that was added to it, in order. */
  public double addedTo(double base) {
    double sum = base;
    for (double one : added) {
      sum += one;
    }
    return sum;
  }

  /** Takes what was added under a name. */
  interface Visitor {
    void take(String name, double added);
  }

  /** Shows all of them in the order of their names, which they mostly are in. */
  void visitByName(Visitor visitor) {
    String last = "";
    for (int place = next(0); place < added.length; place = next(place + 1)) {
      if (names.get(place).compareTo(last) < 0) {
        new TreeMap<>(this).forEach(visitor::take);
        return;
      }
      last = names.get(place);
    }
    for (int place = next(0); place < added.length; place = next(place + 1)) {
      visitor.take(names.get(place), added[place]);
    }
  }

  @Override
  public boolean isEmpty() {
    return next(0) == added.length;
  }

  /* The first place from here on where something was added. */
  private int next(int from) {
    int place = from;
    while (place < added.length && !(added[place] > 0)) {
      place++;
    }
    return place;
  }

  @Override
  public Set<Map.Entry<String, Double>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        int size = 0;
        for (int place = next(0); place < added.length; place = next(place + 1)) {
          size++;
        }
        return size;
      }

      @Override
      public Iterator<Map.Entry<String, Double>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Map.Entry<String, Double>> {
    private int place = Components.this.next(0);

    @Override
    public boolean hasNext() {
      return place < added.length;
    }

    @Override
    public Map.Entry<String, Double> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no further component");
      }
      Map.Entry<String, Double> entry = Map.entry(names.get(place), added[place]);
      place = Components.this.next(place + 1);
      return entry;
    }
  }
}
