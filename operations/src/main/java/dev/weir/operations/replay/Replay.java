package dev.weir.operations.replay;

import dev.weir.schemas.registry.PayloadReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Decides a log again, on several threads, in bounded memory: decisions are decoded in chunks, put
 * together to batch parts in the log's order, and the parts decided again in chunks. The report is
 * the same whatever the number of threads.
 */
final class Replay implements AutoCloseable {
  /* Large enough to be worth a hand-over between threads, small enough to keep all of them busy. */
  private static final int CHUNK = 256;
  private static final int WAITING_PER_THREAD = 4;

  private final long from;
  private final long to;
  private final ThreadLocal<PartReplay> replays;
  private final ExecutorService threads;
  private final InOrder<List<LoggedDecision>> decoding;
  private final InOrder<ReplayReport> deciding;
  private final PartAssembler assembler;
  private List<Supplier<LoggedDecision>> undecoded = new ArrayList<>();
  private List<LoggedPart> undecided = new ArrayList<>();
  private int undecidedDecisions;
  private ReplayReport report = ReplayReport.NONE;

  /**
   * @param range of the parts' times
   * @param form makes a reader of the log's form for each thread
   * @param payloads makes a reader of records for each thread
   */
  Replay(
      ReplayRange range,
      Releases releases,
      Supplier<LogForm> form,
      Supplier<PayloadReader> payloads,
      boolean wantsRecords) {
    this.from = range.from();
    this.to = range.to();
    this.replays =
        ThreadLocal.withInitial(() -> new PartReplay(releases, form.get(), payloads.get()));
    this.threads = Executors.newFixedThreadPool(range.threads(), work -> {
      Thread thread = new Thread(work, "weir-replay");
      thread.setDaemon(true);
      return thread;
    });
    this.assembler = new PartAssembler(wantsRecords, this::part);
    this.decoding = new InOrder<>(
        threads,
        WAITING_PER_THREAD * range.threads(),
        decisions -> decisions.forEach(assembler::decision));
    this.deciding = new InOrder<>(
        threads, WAITING_PER_THREAD * range.threads(), more -> report = report.and(more));
  }

  PartAssembler assembler() {
    return assembler;
  }

  /** Takes a decision, which is decoded on another thread. */
  void decision(Supplier<LoggedDecision> decision) {
    undecoded.add(decision);
    if (undecoded.size() == CHUNK) {
      decode();
    }
  }

  private void decode() {
    List<Supplier<LoggedDecision>> chunk = undecoded;
    undecoded = new ArrayList<>(CHUNK);
    decoding.submit(() -> chunk.stream().map(Supplier::get).toList());
  }

  private void part(LoggedPart part) {
    long time = part.decisions().get(0).time();
    if (time < from || time >= to) {
      return;
    }
    undecided.add(part);
    undecidedDecisions += part.decisions().size();
    if (undecidedDecisions >= CHUNK) {
      decide();
    }
  }

  private void decide() {
    List<LoggedPart> chunk = undecided;
    undecided = new ArrayList<>();
    undecidedDecisions = 0;
    deciding.submit(() -> {
      PartReplay replay = replays.get();
      ReplayReport.Sum sum = new ReplayReport.Sum();
      for (LoggedPart part : chunk) {
        sum.add(replay.replay(part));
      }
      return sum.report();
    });
  }

  /** What came out, once everything has been given. */
  ReplayReport finish() {
    decode();
    decoding.finish();
    assembler.finish();
    decide();
    deciding.finish();
    return report;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
