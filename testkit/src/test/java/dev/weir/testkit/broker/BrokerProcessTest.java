package dev.weir.testkit.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testkit.broker.EmbeddedBroker.Options;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BrokerProcessTest {

  @Test
  void restart_afterKill_keepsRecordsAndAddress() throws Exception {
    Path directory;
    ProcessHandle last;
    try (BrokerProcess broker = BrokerProcess.start()) {
      directory = broker.directory();
      ProcessHandle first = broker.handle();
      String address = broker.bootstrapServers();
      RecordLog log = RecordLog.create(address, "decisions");
      log.write(true, "before the kill");

      broker.kill();
      assertThat(first.isAlive()).isFalse();
      broker.restart();

      last = broker.handle();
      assertThat(last.pid()).isNotEqualTo(first.pid());
      assertThat(broker.bootstrapServers()).isEqualTo(address);
      log.write(true, "after the restart");
      assertThat(log.readCommitted(2)).containsExactly("before the kill", "after the restart");
      assertThat(broker.output()).exists();
    }
    assertThat(last.isAlive()).isFalse();
    assertThat(directory).doesNotExist();
  }

  @Test
  void restart_whileRunning_isRefused() {
    try (BrokerProcess broker = BrokerProcess.start()) {
      assertThatThrownBy(broker::restart)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("kill() it before restart()");
      broker.kill();
    }
  }

  @Test
  void restart_afterClose_isRefused() {
    BrokerProcess broker = BrokerProcess.start();
    broker.close();
    broker.close();

    assertThatThrownBy(broker::restart)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void start_usedPort_namesThePortAndWritesNothing(@TempDir Path parent) throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName(Ports.HOST))) {
      Path directory = parent.resolve("broker");
      Options options = new Options(directory, holder.getLocalPort());

      assertThatThrownBy(() -> BrokerProcess.start(options))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + options.port());
      assertThat(directory).doesNotExist();
    }
  }

  @Test
  void start_directoryInUse_repeatsWhatTheProcessSaid() {
    try (EmbeddedBroker other = EmbeddedBroker.start()) {
      assertThatThrownBy(() -> BrokerProcess.start(new Options(other.directory(), 0)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ended with status 1")
          .hasMessageContaining("another broker runs in " + other.directory());
    }
  }
}
