package dev.weir.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageTest {
  /** As Confluent's client has one: known by its name alone. */
  public static final class RestClientException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final int errorCode;

    RestClientException(int status, int errorCode) {
      this.status = status;
      this.errorCode = errorCode;
    }

    public int getStatus() {
      return status;
    }

    public int getErrorCode() {
      return errorCode;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, 40403, false",
    "404, 40401, false",
    // a page of some web server, which is no JSON
    "404, 50005, true",
    "404, 404, true",
    "500, 50001, true",
    "401, 401, true"
  })
  void isOne_answerOfConfluentsClient_isByWhatTheRegistrySaid(
      int status, int errorCode, boolean isOutage) {
    assertThat(Outage.isOne(
            new SerializationException("none", new RestClientException(status, errorCode))))
        .isEqualTo(isOutage);
  }

  @Test
  void isOne_causeOfTheConnectionOrOfTheBytes_isTold() {
    assertThat(Outage.isOne(new SerializationException(new ConnectException("refused"))))
        .isTrue();
    assertThat(Outage.isOne(new SerializationException(new EOFException("cut off"))))
        .isFalse();
  }
}
