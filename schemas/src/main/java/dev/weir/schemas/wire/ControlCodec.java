package dev.weir.schemas.wire;

import dev.weir.schemas.avro.ControlKind;
import dev.weir.schemas.avro.ControlOrder;
import org.jspecify.annotations.Nullable;

/** Control orders as bytes. */
public final class ControlCodec {
  private final SingleObject.Of<ControlOrder> avro =
      new SingleObject.Of<>("a control order", ControlOrder.getClassSchema());

  /** An order in Avro's single-object encoding. */
  public byte[] encode(Order order) {
    return avro.encode(ControlOrder.newBuilder()
        .setKind(ControlKind.valueOf(order.kind().name()))
        .setSequence(order.sequence())
        .setActive(order.active())
        .setIds(order.ids())
        .setBy(order.by())
        .setIssuedAt(order.issuedAt())
        .build());
  }

  /**
   * The order in {@code value}.
   *
   * @throws UndecodableRecord whatever is wrong with the bytes
   */
  public Order decode(byte @Nullable [] value) {
    ControlOrder order = avro.decode(value);
    return new Order(
        // The generated enum has exactly these names, and Avro maps any other to UNKNOWN.
        Order.Kind.valueOf(order.getKind().name()),
        order.getSequence(),
        order.getActive(),
        order.getIds(),
        order.getBy(),
        order.getIssuedAt());
  }
}
