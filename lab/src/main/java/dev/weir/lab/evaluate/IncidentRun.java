package dev.weir.lab.evaluate;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.Route;
import dev.weir.gating.release.Release;
import dev.weir.lab.corrupt.Arrival;
import dev.weir.lab.corrupt.Corruption;
import dev.weir.lab.corrupt.CorruptionSuite;
import dev.weir.lab.corrupt.Strength;
import dev.weir.lab.train.ParallelJobs;
import dev.weir.lab.train.Progress;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.Repair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Puts every corruption at every strength through the gate of each arm, and adds up what happens. */
final class IncidentRun {
  private final List<Contestant> contestants;
  private final List<CleanRun> clean;
  private final long seed;
  private final Watching watching;
  private final boolean repairs;

  /**
   * @param contestants one per arm
   * @param clean one per batch size and point, with what the same gates do on clean rows
   * @param watching what stands beside the gates
   * @param repairs whether records after an order are decided again without the field that it names
   */
  IncidentRun(
      List<Contestant> contestants,
      List<CleanRun> clean,
      long seed,
      Watching watching,
      boolean repairs) {
    this.contestants = List.copyOf(contestants);
    this.clean = List.copyOf(clean);
    this.seed = seed;
    this.watching = watching;
    this.repairs = repairs;
  }

  /**
   * Where one incident is measured.
   *
   * @param before how many clean records the watch has seen, so that an incident begins anywhere in its windows
   */
  private record Job(int arm, Corruption corruption, Strength strength, int before) {}

  /**
   * A stream inside an incident, and what a watch makes of it.
   *
   * @param repaired the same stream, after the order without the field that it names
   */
  private record Stream(Passage passage, StreamWatch.Course course, Optional<Passage> repaired) {}

  /**
   * Runs what of the suite is not in a log.
   *
   * @param log where each is kept until all are finished
   */
  List<Incident> incidents(CorruptionSuite suite, int threads, IncidentLog log, Progress progress) {
    List<Job> jobs = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int arm = 0; arm < contestants.size(); arm++) {
      for (Corruption corruption : suite.corruptions(contestants.get(arm).arm().bundle())) {
        for (Strength strength : Strength.values()) {
          jobs.add(new Job(arm, corruption, strength, random.nextInt(Incident.BEGINNING)));
        }
      }
    }
    List<List<Tally>> tallies = tallies(jobs, fingerprint(suite), threads, log, progress);
    Map<String, Tally> sums = new LinkedHashMap<>();
    for (List<Tally> ofJob : tallies) {
      for (Tally tally : ofJob) {
        sums.merge(tally.key(), tally, Tally::plus);
      }
    }
    return sums.values().stream().map(Tally::incident).toList();
  }

  private List<List<Tally>> tallies(
      List<Job> jobs, Fingerprint run, int threads, IncidentLog log, Progress progress) {
    Map<Integer, List<Tally>> kept = log.open(run);
    List<Integer> left = IntStream.range(0, jobs.size())
        .filter(job -> !kept.containsKey(job))
        .boxed()
        .toList();
    String stage = kept.isEmpty()
        ? "incidents"
        : String.format(
            Locale.ROOT,
            "incidents, %d of %d taken up from a run that was stopped",
            kept.size(),
            jobs.size());
    progress.at(stage, kept.size(), jobs.size());
    List<List<Tally>> made = new ParallelJobs(threads)
        .run(
            left.size(),
            at -> {
              int job = left.get(at);
              List<Tally> tallies = tallies(jobs.get(job));
              log.append(run, job, tallies);
              return tallies;
            },
            done -> progress.at(stage, kept.size() + done, jobs.size()));
    for (int at = 0; at < made.size(); at++) {
      kept.put(left.get(at), made.get(at));
    }
    log.close(run);
    return IntStream.range(0, jobs.size()).mapToObj(kept::get).toList();
  }

  /** Everything that a tally follows from. */
  private Fingerprint fingerprint(CorruptionSuite suite) {
    StringBuilder text = new StringBuilder();
    text.append(CodeDigest.OURS.hex()).append('\n').append(watching).append('\n');
    text.append(List.of(seed, repairs)).append('\n').append(suite.fingerprint());
    for (Contestant contestant : contestants) {
      text.append('\n').append(contestant.arm().bundle().fingerprint());
      text.append('\n').append(contestant.policy().fingerprint()).append('\n');
      contestant.arm().rows().forEach(record -> FoldBundles.append(record, text));
    }
    for (CleanRun run : clean) {
      text.append('\n').append(run.point()).append(' ').append(run.batching());
      text.append(' ').append(Arrays.toString(run.floors()));
      text.append(' ').append(Arrays.toString(run.confidencesMin()));
    }
    return Fingerprint.of(text.toString());
  }

  private List<Tally> tallies(Job job) {
    Contestant contestant = contestants.get(job.arm());
    List<Arrival> arrivals = job.corruption().apply(contestant.arm().rows(), job.strength(), seed);
    Release release = contestant.release();
    StreamWatch watch = new StreamWatch(contestant.arm().bundle().reference().drift(), watching);
    Map<Batching, Stream> streams = new HashMap<>();
    List<Tally> tallies = new ArrayList<>();
    for (CleanRun run : clean) {
      Passage before = run.passages().get(job.arm());
      Stream stream = streams.computeIfAbsent(run.batching(), batching -> {
        Passage passage = Passage.of(release, arrivals, batching);
        StreamWatch.Course course = watch.over(before, job.before(), passage, batching);
        return new Stream(passage, course, repaired(release, passage, course, batching));
      });
      tallies.add(new Counting(job, run, stream).tally());
    }
    return tallies;
  }

  private Optional<Passage> repaired(
      Release release, Passage passage, StreamWatch.Course course, Batching batching) {
    Domain domain = release.gate().bundle().definition().domain();
    return course
        .blamed()
        .filter(field -> repairs && isEvidence(domain, field))
        .map(field -> Repair.of(domain, Set.of(field)))
        .map(repair -> {
          List<Arrival> arrivals = new ArrayList<>(passage.arrivals());
          course.stopped().stream()
              .forEach(row -> arrivals.set(row, repaired(arrivals.get(row), repair)));
          return Passage.of(release, arrivals, batching);
        });
  }

  private static boolean isEvidence(Domain domain, String field) {
    return domain.fields().get(domain.fieldIndex(field).orElseThrow()).role().isEvidence();
  }

  private static Arrival repaired(Arrival arrival, Repair repair) {
    return arrival.parsed() instanceof RawRecord record
        ? new Arrival(repair.apply(record), arrival.origin(), arrival.isHit())
        : arrival;
  }

  /** Counts in one pass. */
  private static final class Counting {
    private final Job job;
    private final CleanRun run;
    private final Passage passage;
    private final StreamWatch.Course course;
    private final Optional<Passage> repaired;
    private final double floor;
    private final Map<String, Integer> caughtBy = new HashMap<>();
    private final Map<String, Integer> raised = new HashMap<>();
    private int hit;
    private int held;
    private int stopped;
    private final AcceptedCount gate = new AcceptedCount();
    private final AcceptedCount plain = new AcceptedCount();
    private final AcceptedCount watched = new AcceptedCount();

    Counting(Job job, CleanRun run, Stream stream) {
      this.job = job;
      this.run = run;
      this.passage = stream.passage();
      this.course = stream.course();
      this.repaired = stream.repaired();
      this.floor = run.floor(job.arm());
    }

    Tally tally() {
      Map<String, Set<String>> before = run.flagsOf(job.arm());
      for (int row = 0; row < passage.size(); row++) {
        count(row, before);
      }
      return new Tally(
          job.corruption().family().label(),
          job.corruption().name(),
          job.strength().name().toLowerCase(java.util.Locale.ROOT),
          run.point(),
          run.batching().label(),
          passage.size(),
          hit,
          gate.all(),
          plain.all(),
          run.plainError(),
          held,
          new Incident.Watched(watched.all(), stopped, 1, course.isOrdered() ? 1 : 0),
          repaired.map(this::repair).orElse(Incident.Repaired.NONE),
          new Incident.Early(
              Math.min(passage.size(), Incident.BEGINNING),
              plain.earlyWrong,
              gate.earlyWrong,
              watched.earlyWrong),
          caughtBy,
          raised);
    }

    private Incident.Repaired repair(Passage without) {
      AcceptedCount came = new AcceptedCount();
      AcceptedCount left = new AcceptedCount();
      course.stopped().stream().forEach(row -> {
        if (passage.isSound(row, floor)) {
          came.add(row, passage.isWrong(row));
        }
        if (without.isSound(row, floor)) {
          left.add(row, without.isWrong(row));
        }
      });
      return new Incident.Repaired(course.stopped().cardinality(), came.all(), left.all());
    }

    private void count(int row, Map<String, Set<String>> before) {
      boolean isWrong = passage.isWrong(row);
      boolean isStopped = course.stopped().get(row);
      boolean isPlain = passage.confidence(row) >= run.confidenceMin(job.arm());
      if (passage.isAccepted(row, floor)) {
        gate.add(row, isWrong);
        if (!isStopped) {
          watched.add(row, isWrong);
        }
      }
      if (isPlain) {
        plain.add(row, isWrong);
      }
      held += passage.isHeld(row) ? 1 : 0;
      stopped += passage.isHeld(row) || isStopped ? 1 : 0;
      if (passage.arrivals().get(row).isHit()) {
        hit++;
        if (isPlain && !passage.isAccepted(row, floor)) {
          caughtBy.merge(cause(row), 1, Integer::sum);
        }
        passage.decisions().get(row).ifPresent(decision -> raise(decision, before));
      }
    }

    private String cause(int row) {
      Optional<Decision> decision = passage.decisions().get(row);
      if (decision.isEmpty()) {
        return "INVALID";
      }
      if (passage.isHeld(row)) {
        return "HOLD";
      }
      // Accepted by the policy, so that only the higher threshold can have stopped it.
      return decision.get().route() == Route.AUTO_ACCEPT
          ? Reason.MARGIN_LOW.name()
          : decision.get().judgement().reasons().stream()
              .map(Reason::name)
              .findFirst()
              .orElseThrow();
    }

    private void raise(Decision decision, Map<String, Set<String>> before) {
      Set<String> had = before.getOrDefault(decision.recordId(), Set.of());
      for (String flag : decision.flags()) {
        if (!had.contains(flag)) {
          raised.merge(flag, 1, Integer::sum);
        }
      }
    }
  }

  /** What one of those who accept has accepted. */
  private static final class AcceptedCount {
    private int records;
    private int wrong;
    private int earlyWrong;

    void add(int row, boolean isWrong) {
      records++;
      wrong += isWrong ? 1 : 0;
      earlyWrong += isWrong && row < Incident.BEGINNING ? 1 : 0;
    }

    Incident.Accepted all() {
      return new Incident.Accepted(records, wrong);
    }
  }
}
