package dev.weir.lab.role;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.lab.role.RowSet.JudgeSet;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/**
 * How often a set that judges was opened: a line for each time, in a file beside the data. Each look at a trust set wears
 * it out, since what is done next follows from what was seen.
 */
public record Openings(Path file) {
  /** The record beside a data file, for instance {@code trust.csv.openings} beside {@code trust.csv}. */
  public static Openings of(Path data) {
    Path whole = data.toAbsolutePath().normalize();
    return new Openings(whole.resolveSibling(whole.getFileName() + ".openings"));
  }

  /**
   * Records one more.
   *
   * @return how often the set was opened, this time included
   * @throws UncheckedIOException if that cannot be recorded; then it must not be opened
   */
  public int open(JudgeSet rows, Fingerprint bundle, Fingerprint policy, Instant now) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", now.toString());
    line.put("rows", rows.ids().rows());
    line.put("fingerprint", rows.ids().fingerprint().hex());
    line.put("bundle", bundle.hex());
    line.put("policy", policy.hex());
    try {
      Files.write(
          file,
          List.of(CanonicalJson.inOwnOrder(line)),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return Files.readAllLines(file).size();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot count in " + file + " that the set is opened: " + e, e);
    }
  }
}
