package dev.peephole.runtime.train.step;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Threads that do one piece of work after another together, each its share; whoever asks for it is
 * the first of them. Who waits does so awake for a moment, then gives way to others that want the
 * same core, as the one waited for may be among them, and sleeps after that; nothing is allocated.
 */
final class Team {
  /** So often a waiting thread looks before it gives way: some half of a microsecond. */
  private static final int LOOKS = 50;

  /** So often before it goes to sleep: some hundred microseconds where nobody wants the core. */
  private static final int LOOKS_AWAKE = 500;

  private final Member[] members;
  private IntConsumer work;
  private Thread asking;
  private volatile long asked;
  private volatile boolean over;

  /**
   * @param size how many threads, with the one that asks
   */
  Team(int size) {
    members = new Member[size - 1];
    for (int k = 0; k < members.length; k++) {
      members[k] = new Member(k + 1);
    }
    for (Member member : members) {
      member.start();
    }
  }

  /**
   * Has each thread do its share; the number of a thread is counted from 0, which is the caller.
   * When it returns all are done, and see what the others wrote.
   */
  void run(IntConsumer newWork) {
    work = newWork;
    asking = Thread.currentThread();
    asked++;
    for (Member member : members) {
      LockSupport.unpark(member);
    }
    try {
      newWork.accept(0);
    } finally {
      for (Member member : members) {
        for (int looks = 0; member.done != asked; looks++) {
          rest(looks);
        }
      }
    }
    for (Member member : members) {
      member.complain();
    }
  }

  /** Ends the threads. */
  void close() {
    over = true;
    for (Member member : members) {
      LockSupport.unpark(member);
    }
  }

  private void rest(int looks) {
    if (looks < LOOKS) {
      Thread.onSpinWait();
    } else if (looks < LOOKS_AWAKE) {
      Thread.yield();
    } else {
      LockSupport.park(this);
    }
  }

  /** A thread besides the one that asks. */
  private final class Member extends Thread {
    private final int number;
    private Throwable failure;
    private volatile long done;

    Member(int number) {
      super("shard " + number);
      this.number = number;
      setDaemon(true);
    }

    @Override
    public void run() {
      for (long next = 1; ; next++) {
        for (int looks = 0; asked < next; looks++) {
          if (over) {
            return;
          }
          rest(looks);
        }
        try {
          work.accept(number);
        } catch (Throwable e) {
          failure = e; // told to the thread that asked
        }
        done = next;
        LockSupport.unpark(asking);
      }
    }

    void complain() {
      if (failure != null) {
        throw new IllegalStateException(getName() + " failed", failure);
      }
    }
  }
}
