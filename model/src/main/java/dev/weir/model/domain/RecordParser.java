package dev.weir.model.domain;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns received values into a {@link RawRecord}, or names everything that is wrong with them.
 *
 * <p>A field that is to be hashed is hashed here, before anything else sees it.
 *
 * <p>Null, an absent name, empty text and NaN are missing; 0 never is. ±∞, text in a number field,
 * a value outside the declared range or ±1e100, an undeclared imputed name and a missing id make the
 * record invalid.
 */
public final class RecordParser {
  /* Sums of all fields, and products of two, stay finite: none can become ∞, which JSON cannot say. */
  private static final double NUMBER_MAX = 1e100;

  /* Up to here a double holds every whole number. */
  private static final double MILLIS_MAX = 0x1p53;

  private final Domain domain;
  private final UnaryOperator<String> hash;

  /** For values that were hashed before, or that nobody else will see. */
  public RecordParser(Domain domain) {
    this(domain, UnaryOperator.identity());
  }

  /** @param hash what takes the place of a value that is to be hashed */
  public RecordParser(Domain domain, UnaryOperator<String> hash) {
    this.domain = domain;
    this.hash = hash;
  }

  /** The names of upstream's imputed fields in a text that joins them by {@code |}; empty ones are none. */
  public static List<String> imputedNames(String joined) {
    return Arrays.stream(joined.split("\\|"))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Values with types of their own (JSON, Avro): a text in a number field is invalid. */
  public Parsed typed(Function<String, @Nullable Object> values, List<String> imputed) {
    return typed(byField(values), imputed);
  }

  /**
   * Values with types of their own, where they were looked up already.
   *
   * @param values by field, in declared order
   */
  public Parsed typed(@Nullable Object[] values, List<String> imputed) {
    return new Reading(values, imputed, false).parse();
  }

  /** Values that are all text (CSV): numbers and truth values are read from it. */
  public Parsed textual(Function<String, @Nullable Object> values, List<String> imputed) {
    return new Reading(byField(values), imputed, true).parse();
  }

  private @Nullable Object[] byField(Function<String, @Nullable Object> values) {
    @Nullable Object[] byField = new Object[domain.fields().size()];
    for (int field = 0; field < byField.length; field++) {
      byField[field] = values.apply(domain.fields().get(field).name());
    }
    return byField;
  }

  private final class Reading {
    private final @Nullable Object[] values;
    private final List<String> imputedNames;
    private final boolean textual;
    private final List<Invalid.Violation> violations = new ArrayList<>();
    private final double[] numbers = new double[domain.attributes().size()];
    private final @Nullable String[] texts = new String[domain.attributes().size()];
    private final @Nullable String[] received = new String[domain.fields().size()];
    private long present;
    private Optional<Boolean> label = Optional.empty();

    Reading(@Nullable Object[] values, List<String> imputed, boolean textual) {
      this.values = values;
      this.imputedNames = imputed;
      this.textual = textual;
      Arrays.fill(numbers, Double.NaN);
    }

    Parsed parse() {
      for (int field = 0; field < domain.fields().size(); field++) {
        Object value = values[field];
        if (!isMissing(value)) {
          read(field, value);
        } else if (domain.fields().get(field).role().isBrought()) {
          violate(
              domain.fields().get(field), "", "is missing; its model brings it with every record");
        }
      }
      long imputed = imputedUpstream();
      String id = received[domain.idField()];
      if (id == null) {
        violate(domain.fields().get(domain.idField()), "", "is missing; every record needs an id");
      }
      if (id == null || !violations.isEmpty()) {
        return new Invalid(Optional.ofNullable(id), violations);
      }
      return new RawRecord(domain, id, numbers, texts, received, present, imputed, label);
    }

    private boolean isMissing(@Nullable Object value) {
      if (value == null) {
        return true;
      }
      // What is asked of a class is asked first: of an interface it takes much longer.
      if (value instanceof Number number) {
        return Double.isNaN(number.doubleValue());
      }
      return value instanceof CharSequence text && text.toString().isBlank()
          || textual && value.toString().strip().equalsIgnoreCase("nan");
    }

    private void read(int index, Object value) {
      Field field = domain.fields().get(index);
      if (field.role() == Role.IGNORED) {
        return;
      }
      int before = violations.size();
      int attribute = domain.firstAttribute(index);
      switch (field.kind()) {
        case NUMBER -> numbers[attribute] = number(field, parse(value), value);
        case TIMESTAMP -> numbers[attribute] = moment(field, value);
        case BOOLEAN -> numbers[attribute] = truth(field, value);
        case CATEGORY -> {
          received[index] = shown(field, text(field, value));
          texts[attribute] = received[index];
        }
        case TEXT -> {
          received[index] = shown(field, text(field, value));
          parts(field, attribute, value.toString().strip());
        }
      }
      if (violations.size() > before) {
        return;
      }
      present |= 1L << index;
      if (field.role() == Role.LABEL) {
        label = Optional.of(numbers[attribute] != 0);
      }
    }

    private double number(Field field, OptionalNumber number, Object value) {
      if (!number.valid() || !Double.isFinite(number.value())) {
        violate(field, value, "must be a finite number");
      } else if (number.value() < field.min() || number.value() > field.max()) {
        violate(field, value, field.rangeRule());
      } else if (Math.abs(number.value()) > NUMBER_MAX) {
        violate(field, value, Field.rangeRule(-NUMBER_MAX, NUMBER_MAX));
      }
      return number.value();
    }

    private double truth(Field field, Object value) {
      if (value instanceof Boolean truth) {
        return truth ? 1 : 0;
      }
      if (textual) {
        switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
          case "true", "1" -> {
            return 1;
          }
          case "false", "0" -> {
            return 0;
          }
          default -> {}
        }
      }
      violate(field, value, "must be true or false");
      return Double.NaN;
    }

    private String text(Field field, Object value) {
      if (value instanceof CharSequence text) {
        if (!isWellFormed(text)) {
          violate(field, value, "must be well-formed text, without half a surrogate pair");
        }
        return text.toString().strip();
      }
      if (field.role() == Role.ID && value instanceof Number) {
        return value.toString();
      }
      violate(field, value, "must be text");
      return value.toString();
    }

    private String shown(Field field, String text) {
      return field.sensitivity() == Sensitivity.HASHED ? hash.apply(text) : text;
    }

    private void parts(Field field, int firstAttribute, String text) {
      if (field.parts().isEmpty()) {
        return;
      }
      List<String> pieces = split(text, field.separator());
      if (pieces.size() != field.parts().size()) {
        violate(
            field,
            text,
            "must have " + field.parts().size() + " parts joined by '" + field.separator() + "'");
        return;
      }
      for (int i = 0; i < pieces.size(); i++) {
        Field.Part part = field.parts().get(i);
        String piece = pieces.get(i).strip();
        if (piece.isEmpty()) {
          violate(field, text, "must have a value for " + part.name());
        } else if (part.kind() == Kind.CATEGORY) {
          texts[firstAttribute + i] = piece;
        } else {
          numbers[firstAttribute + i] = part(field, part, text, piece);
        }
      }
    }

    private double part(Field field, Field.Part part, String text, String piece) {
      OptionalNumber number = OptionalNumber.of(piece);
      if (!number.valid() || !Double.isFinite(number.value())) {
        violate(field, text, "must have a finite number for " + part.name());
      } else if (number.value() < part.min() || number.value() > part.max()) {
        violate(field, text, part.name() + " " + Field.rangeRule(part.min(), part.max()));
      } else if (Math.abs(number.value()) > NUMBER_MAX) {
        violate(field, text, part.name() + " " + Field.rangeRule(-NUMBER_MAX, NUMBER_MAX));
      }
      return number.value();
    }

    private OptionalNumber parse(Object value) {
      if (value instanceof Number number) {
        return new OptionalNumber(true, number.doubleValue());
      }
      return textual ? OptionalNumber.of(value.toString().strip()) : OptionalNumber.NONE;
    }

    private double moment(Field field, Object value) {
      OptionalNumber moment = moment(value);
      double millis = moment.value();
      if (!moment.valid() || millis != Math.rint(millis) || Math.abs(millis) > MILLIS_MAX) {
        violate(field, value, "must be a moment: whole epoch milliseconds, or ISO 8601");
        return millis;
      }
      return number(field, moment, value);
    }

    private OptionalNumber moment(Object value) {
      if (value instanceof CharSequence text) {
        try {
          String moment = text.toString().strip();
          long millis = moment.length() == 10
              ? LocalDate.parse(moment).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
              : Instant.parse(moment).toEpochMilli();
          return new OptionalNumber(true, millis);
        } catch (DateTimeException | ArithmeticException e) {
          return parse(value);
        }
      }
      return parse(value);
    }

    private long imputedUpstream() {
      long imputed = 0;
      for (String name : imputedNames) {
        int field = domain.fieldIndex(name).orElse(-1);
        if (field < 0 || !domain.fields().get(field).role().isEvidence()) {
          violations.add(
              new Invalid.Violation("imputed", name, "is not a field that upstream may impute"));
        } else {
          imputed |= 1L << field;
        }
      }
      return imputed;
    }

    private void violate(Field field, Object value, String rule) {
      violations.add(new Invalid.Violation(field.name(), String.valueOf(value), rule));
    }
  }

  /** Whether a text has no half of a surrogate pair, which UTF-8 cannot say. */
  private static boolean isWellFormed(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
      }
    }
    return true;
  }

  private static List<String> split(String text, String separator) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      pieces.add(text.substring(from, at));
      from = at + separator.length();
    }
    pieces.add(text.substring(from));
    return pieces;
  }

  /** A number read from text, or not. */
  private record OptionalNumber(boolean valid, double value) {
    static final OptionalNumber NONE = new OptionalNumber(false, Double.NaN);

    private static final int DIGITS_MAX = 15;

    /* Possessive: a record of nothing but digits must not be tried in every way to cut it in two. */
    private static final Pattern DECIMAL =
        Pattern.compile("[+-]?([0-9]++\\.?[0-9]*+|\\.[0-9]++)([eE][+-]?[0-9]++)?");

    static OptionalNumber of(String text) {
      if (isWhole(text)) {
        return new OptionalNumber(true, Long.parseLong(text));
      }
      // Double.parseDouble also reads Java's own forms: 1d, 1f, 0x1p3 and Infinity are text here.
      return DECIMAL.matcher(text).matches()
          ? new OptionalNumber(true, Double.parseDouble(text))
          : NONE;
    }

    /* Most numbers in texts are. So many digits a double holds. */
    private static boolean isWhole(String text) {
      if (text.isEmpty() || text.length() > DIGITS_MAX) {
        return false;
      }
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) < '0' || text.charAt(i) > '9') {
          return false;
        }
      }
      return true;
    }
  }
}
