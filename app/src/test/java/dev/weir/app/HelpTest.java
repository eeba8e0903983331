package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.policy.PolicyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command explains itself. */
class HelpTest {
  @Test
  void weir_alone_isItsHelp() {
    Run alone = Run.of();

    assertThat(alone).isEqualTo(Run.of("--help"));
    assertThat(alone.code()).isZero();
    assertThat(alone.err()).isEmpty();
  }

  @Test
  void help_namesEveryCommandWithWhatItDoes() {
    assertThat(Run.of("--help").out())
        .contains("A streaming gate")
        .containsPattern("train +Train a bundle")
        .containsPattern("decide +Decide the rows")
        .containsPattern("verify +Recompute each decision")
        .containsPattern("bundle +Look at bundles")
        .containsPattern("policy +Look at policies")
        .contains("Exit codes", "0", "1", "2", "3");
  }

  @ParameterizedTest
  @CsvSource({
    "train, --domain, --data, --out, --seed",
    "bundle import, --model, --features, --data, --out",
    "world, --records, --seed, --out, --help",
    "decide, --bundle, --policy, --data, --batch-by",
    "verify, --bundle, --policy, --decisions, --help"
  })
  void help_ofACommand_namesItsOptions(String command, String a, String b, String c, String d) {
    Run run = Run.of((Object[]) (command + " --help").split(" "));

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("weir " + command, a, b, c, d);
  }

  @Test
  void help_ofADefault_saysIt() {
    assertThat(Run.of("train", "--help").out())
        .containsPattern("Default:\\s+passenger")
        .contains("Default: 42");
  }

  @Test
  void help_ofAShippedName_listsThem() {
    assertThat(PolicyFile.SHIPPED)
        .allSatisfy(name -> assertThat(Run.of("decide", "--help").out()).contains(name));
  }

  @ParameterizedTest
  @CsvSource({"--version", "train --version", "policy show -V"})
  void version_isOneLineEverywhere(String arguments) {
    assertThat(Run.of((Object[]) arguments.split(" ")).out())
        .isEqualToIgnoringNewLines("weir 0.1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "bundle, 'inspect, import, push'",
    "control, 'stop, canary, lift'",
    "policy, 'show, validate, schema, diff, freeze, sign, verify, keygen, push, status, rollback'"
  })
  void commandWithoutItsSubcommand_namesThem(String command, String subcommands) {
    Run run = Run.of(command);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "weir: name a subcommand: " + subcommands + "; try 'weir " + command + " --help'");
  }

  @ParameterizedTest
  @CsvSource({"passenger/hotfix", "passenger/steady", "passenger/baseline"})
  void policyShow_shippedName_printsAPolicyThatValidates(String name) {
    assertThat(Run.of("policy", "show", name).out()).contains("semantics: 1");
    assertThat(Run.of("policy", "validate", name).out())
        .startsWith(name + " is valid for domain passenger, fingerprint ");
  }
}
