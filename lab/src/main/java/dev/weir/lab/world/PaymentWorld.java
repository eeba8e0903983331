package dev.weir.lab.world;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A seeded synthetic world of card payments whose true probabilities of fraud are known. About one payment in sixty is
 * fraud. The same seed and count give the same bytes on every JDK.
 */
public final class PaymentWorld {
  /*
   * How a world is drawn; u is uniform, e standard normal, every use a new draw.
   *
   * Source    one seed for the merchants, then one per card, in order from SplittableRandom(seed).nextLong().
   * Card      home DE .5, FR .2, NL .17, PL .13; a habit h = .4·e of the logarithm of amounts; a phone (ios .45, else
   *           android); an age of 20 + 2,500·u² days; 1 + ⌊-4.5·ln(1 − u)⌋ payments within 60 days. With .06 the card is
   *           in wrong hands from a moment of those days on: it then pays more, faster, abroad, online and at night.
   * Payment   a merchant (Merchant); online by its kind; amount exp(kind + h + .7·e); a time of day around 14:00 ± 4 h;
   *           payments in the last hour; what the card spent in the last 24 hours by way (the channels), mostly 0.
   * Label     u < p, logit p = FRAUD of all the above. What follows does not touch it.
   * Lost      Device .04, Entry .015, Country .01, CardAgeDays .02, a channel .015, all channels together .01.
   * Filled in of the lost cells .3 (of all channels together .5, all or none) are filled by upstream and named in
   *           `imputed`: channels 0, Device web, Country DE, CardAgeDays 400; never Entry.
   */
  private static final long FIRST_DAY = Instant.parse("2025-01-06T00:00:00Z").getEpochSecond();
  private static final int DAYS = 60;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final List<String> HOMES = List.of("DE", "FR", "NL", "PL");
  private static final Weights HOME_SHARES = Weights.of(.5, .2, .17, .13);
  private static final List<String> FIRST_NAMES =
      List.of("Ada", "Bela", "Cleo", "Dario", "Edda", "Falk", "Gesa", "Hugo", "Ines", "Jona");
  private static final List<String> LAST_NAMES = List.of(
      "Ahrends",
      "Brinkhof",
      "Czerny",
      "Dallmeier",
      "Eschbach",
      "Fontaine",
      "Grabowski",
      "Holstein");

  private PaymentWorld() {}

  /** The payments of a world, in the order of time; the last card may have fewer than its own number. */
  public static List<Payment> rows(int count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException("count " + count + " is negative; ask for 0 rows or more");
    }
    Draws seeds = new Draws(seed);
    List<Merchant> merchants = Merchant.all(new Draws(seeds.seed()));
    List<Drawn> drawn = new ArrayList<>(count);
    for (int card = 1; drawn.size() < count; card++) {
      drawn.addAll(payments(new Draws(seeds.seed()), card, merchants, count - drawn.size()));
    }
    drawn.sort(Comparator.comparingLong(Drawn::second).thenComparing(Drawn::card));
    List<Payment> rows = new ArrayList<>(count);
    for (int i = 0; i < drawn.size(); i++) {
      rows.add(drawn.get(i).numbered(i + 1));
    }
    return List.copyOf(rows);
  }

  /**
   * Writes rows as RFC 4180, UTF-8: PaymentId, the fields, Fraud, imputed (names joined by {@code |}) and
   * true_probability (six decimals). The file appears whole or not at all.
   *
   * @throws IOException if the directory of the file cannot be written; an older file is then still as it was
   */
  public static void writeCsv(Path file, List<Payment> rows) throws IOException {
    List<String> header = new ArrayList<>(List.of("PaymentId"));
    header.addAll(Payment.FIELDS);
    header.addAll(List.of("Fraud", "imputed", "true_probability"));
    WorldCsv.write(file, header, rows.stream().map(PaymentWorld::cells));
  }

  private static List<String> cells(Payment row) {
    List<String> cells = new ArrayList<>(List.of(row.id()));
    cells.addAll(row.cells());
    cells.add(row.fraud() ? "True" : "False");
    cells.add(String.join("|", row.imputed()));
    cells.add(WorldCsv.probability(row.trueProbability()));
    return cells;
  }

  /** A payment that has no number yet. */
  private record Drawn(
      long second, String card, List<String> cells, List<String> imputed, boolean fraud, double p) {
    Payment numbered(int number) {
      String digits = Integer.toString(number);
      String id = "P" + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
      return new Payment(id, cells, imputed, fraud, p);
    }
  }

  private static List<Drawn> payments(Draws draws, int card, List<Merchant> merchants, int limit) {
    Holder holder = Holder.of(draws, card);
    int own = 1 + (int) (-4.5 * StrictMath.log(1 - draws.uniform()));
    List<Drawn> payments = new ArrayList<>();
    for (int i = 0; i < Math.min(own, limit); i++) {
      payments.add(payment(draws, holder, merchants));
    }
    return payments;
  }

  /**
   * Who has a card.
   *
   * @param habit what is added to the logarithm of amounts
   * @param stolenOn the day from which the card is in wrong hands
   */
  private record Holder(
      String card,
      String name,
      String home,
      double habit,
      String phone,
      int ageDays,
      double stolenOn) {
    static Holder of(Draws draws, int card) {
      String digits = Integer.toString(card);
      double age = draws.uniform();
      return new Holder(
          "C" + "0".repeat(Math.max(0, 5 - digits.length())) + digits,
          FIRST_NAMES.get(draws.below(FIRST_NAMES.size())) + " "
              + LAST_NAMES.get(draws.below(LAST_NAMES.size())),
          HOMES.get(HOME_SHARES.draw(draws)),
          0.4 * draws.normal(),
          draws.chance(.45) ? "ios" : "android",
          20 + (int) (2_500 * age * age),
          draws.chance(.06) ? draws.uniform() * DAYS : DAYS);
    }
  }

  private static Drawn payment(Draws draws, Holder holder, List<Merchant> merchants) {
    double day = draws.uniform() * DAYS;
    boolean stolen = day >= holder.stolenOn();
    Merchant merchant = Merchant.visited(merchants, draws);
    while (stolen && merchant.kind().risk < 0 && draws.chance(.6)) {
      merchant = Merchant.visited(merchants, draws);
    }
    boolean online =
        draws.chance(stolen ? .3 + .7 * merchant.kind().online : merchant.kind().online);
    double excess = holder.habit() + 0.7 * draws.normal() + (stolen ? .8 : 0);
    double amount = Math.min(9_000, StrictMath.exp(merchant.kind().logAmount + excess));
    double hour = stolen && draws.chance(.5) ? 24 * draws.uniform() : 14 + 4 * draws.normal();
    long midnight = (long) day;
    long ofDay = Math.floorMod((long) (hour * 3_600), (long) SECONDS_PER_DAY);
    long second = midnight * SECONDS_PER_DAY + ofDay;
    int lastHour = (int) (-(stolen ? 1.6 : .25) * StrictMath.log(1 - draws.uniform()));
    long[] spent = new long[Payment.CHANNELS.size()];
    double[] active = stolen ? new double[] {.6, .2, .2, .2} : new double[] {.12, .35, .06, .04};
    for (int c = 0; c < spent.length; c++) {
      spent[c] = draws.chance(active[c])
          ? Math.round(StrictMath.exp(3.4 + (stolen ? 1.4 : 0) + holder.habit() + draws.normal()))
          : 0;
    }
    boolean abroad = !merchant.country().equals(holder.home());
    double p = PaymentLaw.probability(new PaymentLaw.Facts(
        excess, merchant.risk(), online, abroad, hour, lastHour, spent[0], holder.ageDays()));
    boolean fraud = draws.chance(p);
    String entry =
        online ? "online" : draws.chance(.7) ? "contactless" : draws.chance(.8) ? "chip" : "swipe";
    String device = !online ? "terminal" : draws.chance(stolen ? .8 : .35) ? "web" : holder.phone();
    List<String> cells = new ArrayList<>(List.of(
        holder.card(),
        holder.name(),
        Instant.ofEpochSecond(FIRST_DAY + second).toString(),
        cents(amount),
        merchant.name(),
        merchant.kind().cell(),
        merchant.country(),
        abroad ? "True" : "False",
        entry,
        device,
        Integer.toString(holder.ageDays()),
        Integer.toString(lastHour)));
    for (long amountSpent : spent) {
      cells.add(Long.toString(amountSpent));
    }
    List<String> imputed = Losses.strike(cells, draws);
    return new Drawn(second, holder.card(), cells, imputed, fraud, p);
  }

  private static String cents(double amount) {
    String digits = Long.toString(Math.max(100, Math.round(amount * 100)));
    int point = digits.length() - 2;
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  /** What becomes of the cells on the way to us. */
  private static final class Losses {
    private static final double OUTAGE = .01;
    private static final double OUTAGE_FILLED = .5;
    private static final double FILLED = .3;

    private static double chance(String field) {
      return switch (field) {
        case "Device" -> .04;
        case "Entry", "Online24h", "InStore24h", "Travel24h", "Cash24h" -> .015;
        case "Country" -> .01;
        case "CardAgeDays" -> .02;
        default -> 0;
      };
    }

    private static String filling(String field) {
      return switch (field) {
        case "Device" -> "web";
        case "Country" -> "DE";
        case "CardAgeDays" -> "400";
        case "Entry" -> "";
        default -> "0";
      };
    }

    /** Empties or fills lost cells; the names of those that were filled. */
    static List<String> strike(List<String> cells, Draws draws) {
      boolean outage = draws.chance(OUTAGE);
      boolean outageFilled = outage && draws.chance(OUTAGE_FILLED);
      List<String> imputed = new ArrayList<>(0);
      for (int i = 0; i < cells.size(); i++) {
        String field = Payment.FIELDS.get(i);
        double chance = chance(field);
        boolean inOutage = outage && Payment.CHANNELS.contains(field);
        if (chance == 0 || !inOutage && !draws.chance(chance)) {
          continue;
        }
        boolean filled = inOutage ? outageFilled : draws.chance(FILLED);
        cells.set(i, filled ? filling(field) : "");
        if (!cells.get(i).isEmpty()) {
          imputed.add(field);
        }
      }
      return imputed;
    }
  }
}
