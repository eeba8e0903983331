package dev.weir.topology.collect;

import java.util.concurrent.atomic.LongAdder;

/** What was taken and what is open in all tasks of an instance; they write and anybody reads. */
public final class OpenCounts {
  private final LongAdder batches = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final LongAdder read = new LongAdder();
  private final LongAdder markers = new LongAdder();
  private final LongAdder pushedOut = new LongAdder();

  /** Open batches. */
  public long batches() {
    return batches.sum();
  }

  /** Their records. */
  public long records() {
    return records.sum();
  }

  /** The heap that they need, overhead included. */
  public long bytes() {
    return bytes.sum();
  }

  /** Records taken from the source since the start, markers included. */
  public long read() {
    return read.sum();
  }

  /** Batch markers among them. */
  public long markers() {
    return markers.sum();
  }

  /** Batches that were closed because too much was open, since the start. */
  public long pushedOut() {
    return pushedOut.sum();
  }

  void change(long batches, long records, long bytes) {
    this.batches.add(batches);
    this.records.add(records);
    this.bytes.add(bytes);
  }

  void take(boolean isMarker) {
    read.increment();
    if (isMarker) {
      markers.increment();
    }
  }

  void pushOut() {
    pushedOut.increment();
  }
}
