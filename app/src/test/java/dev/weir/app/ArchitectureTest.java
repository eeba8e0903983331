package dev.weir.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls of the house: who may use whom, and what the pure core may not touch. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.weir");

  /** What each module may use, itself and the modules below included. */
  private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.of(
      "model", Set.of(),
      "gating", Set.of("model"),
      "schemas", Set.of("model", "gating"),
      "topology", Set.of("model", "gating", "schemas"),
      "operations", Set.of("model", "gating", "schemas"),
      "testkit", Set.of("model", "gating", "schemas"),
      "lab", Set.of("model", "gating"),
      "bench",
          Set.of("model", "gating", "schemas", "topology", "operations", "testkit", "lab", "app"),
      "app", Set.of("model", "gating", "schemas", "topology", "operations", "testkit", "lab")));

  static Stream<String> modules() {
    return MAY_USE.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void module_usesOnlyWhatTheTableAllows(String module) {
    String[] forbidden = MAY_USE.keySet().stream()
        .filter(other -> !other.equals(module) && !MAY_USE.get(module).contains(other))
        .map(other -> "dev.weir." + other + "..")
        .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.weir." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .because("dependencies point one way, so that the core can be read and tested alone")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void packages_haveNoCycles(String module) {
    slices()
        .matching("dev.weir." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .because("a package that needs its own user cannot be understood first")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void core_seesOnlyTheJdkJacksonAndItself() {
    classes()
        .that()
        .resideInAnyPackage("dev.weir.model..", "dev.weir.gating..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.weir.model..",
            "dev.weir.gating..",
            "java..",
            "javax.crypto..",
            "com.fasterxml.jackson..",
            "org.jspecify..")
        .because("the decision must not depend on how records travel")
        .check(CLASSES);
  }

  @Test
  void core_computesWithStrictMath() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.weir.model..", "dev.weir.gating..")
        .should()
        .callMethodWhere(DescribedPredicate.describe(
            "Math.exp, log, log1p, expm1, log10, pow, cbrt, sin, cos, tan, tanh, hypot",
            call -> call.getTargetOwner().isEquivalentTo(Math.class)
                && Set.of(
                        "exp", "log", "log1p", "expm1", "log10", "pow", "cbrt", "sin", "cos", "tan",
                        "tanh", "hypot")
                    .contains(call.getName())))
        .because("Math's results differ between processors, and replay must give the same bits")
        .check(CLASSES);
  }

  @Test
  void core_readsNoClockAndNoRandomness() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.weir.model..", "dev.weir.gating..")
        .should()
        .callMethodWhere(DescribedPredicate.describe(
            "a clock",
            call -> Set.of("currentTimeMillis", "nanoTime", "now").contains(call.getName())))
        .orShould()
        .dependOnClassesThat(DescribedPredicate.describe(
            "unseeded randomness or threads", ArchitectureTest::isUnpredictable))
        .because("the same input gives the same bytes")
        .check(CLASSES);
  }

  private static boolean isUnpredictable(JavaClass type) {
    return Set.of(
            "java.util.Random",
            "java.security.SecureRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.lang.Thread",
            "java.util.UUID")
        .contains(type.getName());
  }

  @Test
  void packages_areNullMarkedAndSaidWhatTheyAre() throws IOException {
    Set<String> bare = new TreeSet<>();
    for (String module : MAY_USE.keySet()) {
      Path sources = Path.of("..", module, "src", "main", "java");
      try (Stream<Path> files = Files.walk(sources)) {
        List<Path> folders = files
            .filter(file -> file.toString().endsWith(".java"))
            .map(Path::getParent)
            .distinct()
            .toList();
        for (Path folder : folders) {
          Path info = folder.resolve("package-info.java");
          if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
            bare.add(folder.toString());
          }
        }
      }
    }
    assertThat(bare).as("packages without a @NullMarked package-info").isEmpty();
  }
}
