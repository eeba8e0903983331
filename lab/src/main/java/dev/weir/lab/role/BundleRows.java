package dev.weir.lab.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.lab.role.RowSet.FitSet;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The rows that a bundle was fitted to, in a file beside it: {@code my-bundle.rows.json} beside {@code my-bundle}. Not in
 * the bundle, because ids may be sensitive and a hash of a guessable id is as good as the id.
 */
public final class BundleRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BundleRows() {}

  /** The file beside a bundle's directory. */
  public static Path beside(Path bundle) {
    Path whole = bundle.toAbsolutePath().normalize();
    return whole.resolveSibling(whole.getFileName() + ".rows.json");
  }

  /** The file's text. */
  public static String text(Bundle bundle, FitSet rows) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("bundle", bundle.fingerprint().hex());
    json.put("fingerprint", rows.ids().fingerprint().hex());
    json.put("ids", RowIds.text(rows.ids().ids()));
    json.put("groups", RowIds.text(rows.ids().groups()));
    return CanonicalJson.of(json);
  }

  /**
   * The rows that a bundle was fitted to.
   *
   * @throws IllegalArgumentException if no file tells, or it tells of another bundle or other rows
   */
  public static FitSet read(Path directory, Bundle bundle) {
    Path file = beside(directory);
    String remedy = "; train it again with weir train, or judge out of fold with --folds";
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("nothing tells which rows " + directory
          + " was trained on: there is no " + file + remedy);
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      if (!json.path("bundle").asText().equals(bundle.fingerprint().hex())) {
        throw new IllegalArgumentException(file + " is of another bundle" + remedy);
      }
      RowIds ids = new RowIds(
          Fingerprint.ofHex(json.path("fingerprint").asText()),
          RowIds.hashes(json.path("ids").asText()),
          RowIds.hashes(json.path("groups").asText()));
      if (!ids.fingerprint().equals(bundle.parts().training().data())
          || ids.rows() != bundle.parts().training().rows()) {
        throw new IllegalArgumentException(
            file + " tells of other rows than the bundle's facts" + remedy);
      }
      return new FitSet(ids);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
