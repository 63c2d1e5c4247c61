package dev.peephole.runtime.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void allowsHalfASecondAndASmallPartOfTheRun() {
    AtomicLong clock = new AtomicLong();
    Budget budget = new Budget(clock::get);
    assertThat(budget.allows()).isTrue();
    budget.spend(() -> clock.addAndGet(SECOND));
    assertThat(budget.allows()).isFalse();
    clock.addAndGet(24 * SECOND);
    assertThat(budget.allows()).isFalse();
    clock.addAndGet(2 * SECOND); // 26 s of training: 0.5 s + 2 % of it are more than 1 s
    assertThat(budget.allows()).isTrue();
  }
}
