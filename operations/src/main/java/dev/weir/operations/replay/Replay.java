package dev.weir.operations.replay;

import dev.weir.schemas.registry.PayloadReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Decides a log again, on several threads, in bounded memory: decisions are decoded in chunks. Those
 * that are a batch part of their own are decided at once; the others are put together to parts in the
 * log's order, and the parts decided in chunks. The report is the same whatever the number of threads.
 */
final class Replay implements AutoCloseable {
  /* Large enough to be worth a hand-over between threads, small enough to keep all of them busy. */
  private static final int CHUNK = 256;
  private static final int WAITING_PER_THREAD = 4;

  private final long from;
  private final long to;
  private final boolean wantsRecords;
  private final ThreadLocal<PartReplay> replays;
  private final ExecutorService threads;
  private final InOrder<Decoded> decoding;
  private final InOrder<ReplayReport> deciding;
  private final PartAssembler assembler;
  private List<LoggedPart> undecided = new ArrayList<>();
  private int undecidedDecisions;
  private ReplayReport ofSingles = ReplayReport.NONE;
  private ReplayReport ofParts = ReplayReport.NONE;

  /**
   * Some decisions of the log.
   *
   * @param undecodable what lay among them
   */
  record Chunk(List<LoggedDecision> decisions, ReplayReport undecodable) {}

  /**
   * A chunk, as far as it could be decided by itself.
   *
   * @param rest decisions that belong together with others, or with records
   * @param singles how those came out that do not
   */
  private record Decoded(List<LoggedDecision> rest, ReplayReport singles) {}

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
    this.wantsRecords = wantsRecords;
    this.replays =
        ThreadLocal.withInitial(() -> new PartReplay(releases, form.get(), payloads.get()));
    this.threads = Executors.newFixedThreadPool(range.threads(), work -> {
      Thread thread = new Thread(work, "weir-replay");
      thread.setDaemon(true);
      return thread;
    });
    this.assembler = new PartAssembler(wantsRecords, this::part);
    int waiting = WAITING_PER_THREAD * range.threads();
    this.decoding = new InOrder<>(threads, waiting, this::decoded);
    this.deciding = new InOrder<>(threads, waiting, more -> ofParts = ofParts.and(more));
  }

  PartAssembler assembler() {
    return assembler;
  }

  /** Takes some decisions, which are decoded on another thread. */
  void decisions(Supplier<Chunk> chunk) {
    decoding.submit(() -> decode(chunk.get()));
  }

  private Decoded decode(Chunk chunk) {
    if (wantsRecords) {
      return new Decoded(chunk.decisions(), chunk.undecodable());
    }
    PartReplay replay = replays.get();
    ReplayReport.Sum singles = new ReplayReport.Sum().add(chunk.undecodable());
    List<LoggedDecision> rest = new ArrayList<>();
    for (LoggedDecision decision : chunk.decisions()) {
      if (decision.decisionsInPart() != 1) {
        rest.add(decision);
      } else if (isWanted(decision)) {
        singles.add(replay.replay(LoggedPart.of(decision.part(), List.of(decision))));
      }
    }
    return new Decoded(rest, singles.report());
  }

  private void decoded(Decoded chunk) {
    ofSingles = ofSingles.and(chunk.singles());
    chunk.rest().forEach(assembler::decision);
  }

  private boolean isWanted(LoggedDecision decision) {
    return decision.time() >= from && decision.time() < to;
  }

  private void part(LoggedPart part) {
    if (!isWanted(part.decisions().get(0))) {
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
    decoding.finish();
    assembler.finish();
    decide();
    deciding.finish();
    return ofSingles.and(ofParts);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
