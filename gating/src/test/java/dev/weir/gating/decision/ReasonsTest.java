package dev.weir.gating.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static Set<Reason> set(int bits) {
    Set<Reason> set = EnumSet.noneOf(Reason.class);
    for (Reason reason : Reason.values()) {
      if ((bits >>> reason.ordinal() & 1) != 0) {
        set.add(reason);
      }
    }
    return set;
  }

  @Property
  void copyOf_anySet_isThatSetInTheOrderOfTheRules(@ForAll int bits) {
    Set<Reason> set = set(bits);
    Reasons copy = Reasons.copyOf(set);

    assertThat(copy).containsExactlyElementsOf(set).isEqualTo(set).hasSameHashCodeAs(set);
    for (Reason reason : Reason.values()) {
      assertThat(copy.contains(reason)).isEqualTo(set.contains(reason));
    }
    assertThat(copy.contains("NORMAL")).isFalse();
    assertThat(Reasons.copyOf(copy)).isSameAs(copy);
  }

  @Property
  void findings_addedAndTakenAway_areWhatIsLeft(@ForAll int added, @ForAll int removed) {
    Reasons.Findings findings = new Reasons.Findings();
    assertThat(findings.isEmpty()).isTrue();
    for (Reason reason : Reason.values()) {
      findings.addIf((added >>> reason.ordinal() & 1) != 0, reason);
    }
    set(removed).forEach(findings::remove);

    Set<Reason> left = set(added & ~removed);
    assertThat(findings.found()).isEqualTo(left);
    assertThat(findings.isEmpty()).isEqualTo(left.isEmpty());
    assertThat(findings.contains(Reason.MARGIN_LOW)).isEqualTo(left.contains(Reason.MARGIN_LOW));

    findings.addAll(Reasons.copyOf(Set.of(Reason.PAUSED)));
    assertThat(findings.found()).contains(Reason.PAUSED).containsAll(left);
  }

  @Test
  void reasons_areImmutable() {
    Reasons reasons = Reasons.copyOf(Set.of(Reason.NORMAL));

    assertThat(reasons.and(Reason.BATCH_HELD)).containsExactly(Reason.NORMAL, Reason.BATCH_HELD);
    assertThat(reasons).containsExactly(Reason.NORMAL);
    assertThatThrownBy(() -> reasons.add(Reason.PAUSED))
        .isInstanceOf(UnsupportedOperationException.class);
    Iterator<Reason> iterator = reasons.iterator();
    iterator.next();
    assertThatThrownBy(iterator::next).isInstanceOf(java.util.NoSuchElementException.class);
    assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
  }
}
