package dev.peephole.runtime.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void allowsAMomentAndASmallPartOfTheRun() {
    AtomicLong clock = new AtomicLong();
    Budget budget = new Budget(clock::get);
    budget.spendOnce(() -> clock.addAndGet(9 * SECOND));
    assertThat(budget.allows()).isTrue();
    budget.spend(() -> clock.addAndGet(SECOND / 2));
    assertThat(budget.allows()).isFalse();
    clock.addAndGet(29 * SECOND);
    assertThat(budget.allows()).isFalse();
    clock.addAndGet(2 * SECOND); // 31 s of training: 0.2 s + 1 % of it are more than 0.5 s
    assertThat(budget.allows()).isTrue();
    assertThat(budget.seconds()).isEqualTo(0.5);
    assertThat(budget.secondsOnce()).isEqualTo(9);
  }
}
