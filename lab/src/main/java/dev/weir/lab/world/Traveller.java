package dev.weir.lab.world;

import java.util.List;

/** One passenger as he is: the complete latent record, before anything is lost or imputed on the way to us. */
record Traveller(
    Planet planet,
    Cabin cabin,
    String destination,
    Person person,
    boolean cryoSleep,
    Spends spends,
    int groupSize) {

  /** Number from 0 up to the deck's count of cabins; two groups may have the same cabin. */
  record Cabin(Deck deck, int number, boolean starboard) {
    String cell() {
      return deck + "/" + number + (starboard ? "/S" : "/P");
    }
  }

  /** Age in whole years, 0–79. */
  record Person(String name, int age, boolean vip) {}

  /** Whole amounts ≥ 0. */
  record Spends(int roomService, int foodCourt, int shoppingMall, int spa, int vrDeck) {
    static final Spends NONE = new Spends(0, 0, 0, 0, 0);

    /** What went on comforts in private: RoomService, Spa and VRDeck. */
    int comforts() {
      return roomService + spa + vrDeck;
    }

    /** What went on goods: FoodCourt and ShoppingMall. */
    int goods() {
      return foodCourt + shoppingMall;
    }

    /** In the order of the columns. */
    List<Integer> channels() {
      return List.of(roomService, foodCourt, shoppingMall, spa, vrDeck);
    }
  }
}
