package dev.weir.schemas.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a registry is reached, in the property names that serdes for such registries share.
 *
 * @param urls of one registry, each tried in turn
 * @param authorization the header's value; empty for none
 * @param timeoutMsMax of one request, connecting included
 * @param patienceMsMax of one question, over all urls and attempts, before an outage is one
 * @param schemasMax that the client remembers
 */
public record RegistrySettings(
    List<URI> urls,
    Optional<String> authorization,
    int timeoutMsMax,
    int patienceMsMax,
    int schemasMax) {
  /** Addresses, separated by commas. */
  public static final String URL = "schema.registry.url";

  /** {@code name:password}. */
  public static final String USER_INFO = "basic.auth.user.info";

  /** A bearer token. */
  public static final String TOKEN = "bearer.auth.token";

  /** Of one request. */
  public static final String TIMEOUT_MS = "http.read.timeout.ms";

  /** Of one question, over all addresses and attempts. */
  public static final String PATIENCE_MS = "patience.ms";

  /** Remembered schemas. */
  public static final String SCHEMAS = "max.schemas.per.subject";

  /** What a request may take where nothing else is set. */
  public static final int TIMEOUT_MS_DEFAULT = 1_000;

  private static final int PATIENCE_MS_DEFAULT = 4_000;
  private static final int SCHEMAS_DEFAULT = 1_000;

  public RegistrySettings {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("no address of a registry; give http://host:port");
    }
    require(TIMEOUT_MS, timeoutMsMax, 1, 600_000);
    require(PATIENCE_MS, patienceMsMax, 100, 600_000);
    require(SCHEMAS, schemasMax, 1, 1_000_000);
    if ((long) timeoutMsMax * urls.size() > patienceMsMax) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "%d addresses of a registry with %d ms each cannot all be asked within %d ms; lower %s or raise %s",
          urls.size(),
          timeoutMsMax,
          patienceMsMax,
          TIMEOUT_MS,
          PATIENCE_MS));
    }
  }

  private static void require(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s %d is outside [%d, %d]", name, value, min, max));
    }
  }

  /**
   * The settings among a serde's properties; others are passed over.
   *
   * @throws IllegalArgumentException naming the property that is missing or wrong
   */
  public static RegistrySettings of(Map<String, ?> properties) {
    return new RegistrySettings(
        urls(text(properties, URL)),
        authorization(text(properties, USER_INFO), text(properties, TOKEN)),
        whole(properties, TIMEOUT_MS, TIMEOUT_MS_DEFAULT),
        whole(properties, PATIENCE_MS, PATIENCE_MS_DEFAULT),
        whole(properties, SCHEMAS, SCHEMAS_DEFAULT));
  }

  private static List<URI> urls(@Nullable String text) {
    if (text == null) {
      throw new IllegalArgumentException(URL + " is missing; give http://host:port");
    }
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(url -> !url.isEmpty())
        .map(RegistrySettings::url)
        .toList();
  }

  private static URI url(String text) {
    String whole = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      URI url = URI.create(whole);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below, as for every address that is none.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no address of a registry; give http://host:port or https://host:port");
  }

  private static Optional<String> authorization(@Nullable String user, @Nullable String token) {
    if (user != null && token != null) {
      throw new IllegalArgumentException(
          "both " + USER_INFO + " and " + TOKEN + " are given; a request can carry one of them");
    }
    if (user != null && user.indexOf(':') < 1) {
      throw new IllegalArgumentException(USER_INFO + " must be name:password");
    }
    if (user != null) {
      return Optional.of(
          "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }
    return Optional.ofNullable(token).map(text -> "Bearer " + text);
  }

  private static int whole(Map<String, ?> properties, String name, int otherwise) {
    String text = text(properties, name);
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number, found '" + text + "'", e);
    }
  }

  private static @Nullable String text(Map<String, ?> properties, String name) {
    Object value = properties.get(name);
    return value == null || value.toString().isBlank() ? null : value.toString().strip();
  }

  /** Says where and how, and no secret. */
  @Override
  public String toString() {
    return urls + (authorization.isPresent() ? " with credentials" : "");
  }
}
