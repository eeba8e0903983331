package dev.weir.schemas.registry;

import java.util.Arrays;
import org.apache.avro.Schema;

/** Under which subject a topic's schema is registered. */
public enum SubjectNaming {
  /** The topic, and whether it is of keys or values: {@code orders-value}. */
  TOPIC_NAME("TopicName") {
    @Override
    public String subject(String topic, boolean isKey, Schema schema) {
      return topic + (isKey ? "-key" : "-value");
    }
  },
  /** The schema's full name: one subject for all topics. */
  RECORD_NAME("RecordName") {
    @Override
    public String subject(String topic, boolean isKey, Schema schema) {
      return schema.getFullName();
    }
  },
  /** Both, so that a topic may have several: {@code orders-shop.Order}. */
  TOPIC_RECORD_NAME("TopicRecordName") {
    @Override
    public String subject(String topic, boolean isKey, Schema schema) {
      return topic + "-" + schema.getFullName();
    }
  };

  private final String text;

  SubjectNaming(String text) {
    this.text = text;
  }

  /** The subject of a schema on a topic. */
  public abstract String subject(String topic, boolean isKey, Schema schema);

  /**
   * The naming that a configuration means: {@code TopicName}, or the name of a strategy's class,
   * whatever its package.
   *
   * @throws IllegalArgumentException naming the known ones
   */
  public static SubjectNaming of(String name) {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    for (SubjectNaming naming : values()) {
      if (simple.equals(naming.text) || simple.equals(naming.text + "Strategy")) {
        return naming;
      }
    }
    throw new IllegalArgumentException("subject naming '" + name + "' is none of "
        + Arrays.stream(values()).map(naming -> naming.text).toList());
  }
}
