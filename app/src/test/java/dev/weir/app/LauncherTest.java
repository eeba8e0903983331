package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code weir} script: what it refuses before Java starts. */
class LauncherTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"0", "4", "4gb", "-1g", "2 g", "much", "4g -version", "$(id)g", "99999999999g"})
  void heapThatIsNone_isRefusedWithWhatToGive(String heap) throws Exception {
    Process weir = weir(heap);

    assertThat(new String(weir.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("weir: WEIR_HEAP is '" + heap
            + "'; give the largest Java heap as a number and k," + " m or g, for instance 4g\n");
    assertThat(weir.waitFor()).isEqualTo(2);
  }

  private static Process weir(String heap) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Path.of("..", "weir").toString(), "--version");
    builder.environment().put("WEIR_HEAP", heap);
    return builder.start();
  }
}
