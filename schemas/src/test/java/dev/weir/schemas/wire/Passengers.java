package dev.weir.schemas.wire;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shipped domain and passengers of it. */
final class Passengers {
  static final Domain DOMAIN = DomainDefinition.shipped("passenger").domain();

  private Passengers() {}

  static Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("PassengerId", "0001_01");
    values.put("TravelGroup", "0001");
    values.put("HomePlanet", "Europa");
    values.put("CryoSleep", false);
    values.put("Cabin", "B/0/P");
    values.put("Destination", "TRAPPIST-1e");
    values.put("Age", 39.0);
    values.put("VIP", false);
    values.put("RoomService", 109.5);
    values.put("FoodCourt", 9.0);
    values.put("ShoppingMall", 25.0);
    values.put("Spa", null);
    values.put("VRDeck", 44.0);
    values.put("GroupSize", 1.0);
    return values;
  }

  static RawRecord record() {
    return (RawRecord) new RecordParser(DOMAIN).typed(values()::get, List.of("Age"));
  }
}
