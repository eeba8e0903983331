package dev.weir.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.policy.PolicyFile;
import dev.weir.lab.slice.FoundSlice;
import dev.weir.lab.slice.SliceAudit;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Slices of synthetic passengers, from rows to flags of a policy. */
class SliceSearchTest {
  private static SliceSearch search;

  @BeforeAll
  static void search() {
    search = SliceSearch.of(Folded.arms(), 4);
  }

  @Test
  void search_everyFlag_isAudited() {
    assertThat(search.audit())
        .extracting(SliceAudit.Slice::name)
        .containsExactlyElementsOf(
            Folded.PASSENGER.flags().flags().stream().map(flag -> flag.name()).toList());
  }

  @Test
  void search_anyFind_hasSupportAndAtMostThreeConditions() {
    assertThat(search.found()).isNotEmpty().allSatisfy(slice -> {
      assertThat(slice.conditions()).hasSizeBetween(1, 3);
      assertThat(slice.found().rows()).isGreaterThanOrEqualTo(30);
    });
  }

  @Test
  void roles_twoHalves_areAllThatWereJudged() {
    assertThat(search.roles().stream()
            .filter(role -> role.arm() == 0)
            .mapToInt(Role::rows)
            .sum())
        .isEqualTo(search.rows());
    assertThat(search.roles().stream()
            .filter(role -> role.part().equals("judged by"))
            .mapToInt(Role::rows)
            .sum())
        .isEqualTo(search.rows());
  }

  @Test
  void yaml_everyFind_isAcceptedAsAFlagOfAPolicy() {
    // Confirmed or not: a policy must be able to read whatever a search may propose.
    SliceSearch all = new SliceSearch(
        search.rows(),
        search.roles(),
        search.audit(),
        search.found().stream()
            .map(slice -> new FoundSlice(
                slice.lift(),
                slice.conditions(),
                slice.flag(),
                slice.detector(),
                slice.found(),
                slice.other(),
                0,
                true))
            .toList());
    List<String> yaml = all.yaml("world.csv");
    String flags = yaml.stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> "  " + line)
        .collect(Collectors.joining("\n"));
    PolicyFile pasted = Folded.policy(PolicyFile.shippedText("passenger/baseline")
        .replaceFirst(
            "(?m)^  extraFlags: \\{\\}", java.util.regex.Matcher.quoteReplacement(flags)));

    assertThat(pasted.policy().flags().size())
        .isEqualTo(Folded.PASSENGER.flags().size()
            + (int) search.found().stream().map(FoundSlice::flag).distinct().count());
  }

  @Test
  void text_anySearch_fitsAScreen() {
    assertThat(SliceText.of(search))
        .hasSizeLessThan(60)
        .allSatisfy(line -> assertThat(line.length()).isLessThan(150));
  }
}
