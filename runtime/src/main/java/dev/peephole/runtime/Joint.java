package dev.peephole.runtime;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Where threads that compute a batch together, each a share of it, join numbers that the whole
 * batch decides: an all-reduce. Numbers are joined in the order of the shares, so that the bits do
 * not depend on which thread is first, and all threads have the same.
 *
 * <p>Whoever joins a number waits until all threads have come to the same place of the same code.
 */
public final class Joint {
  /** So often a waiting thread looks before it gives way: some half of a microsecond. */
  private static final int LOOKS = 50;

  /** So often before it rests for a while. */
  private static final int LOOKS_AWAKE = 500;

  private static final long REST_NANOS = 20_000;

  /** What a model joins with that computes whole batches. */
  public static final Member ALONE = new Joint(1).member(0);

  private final Member[] members;
  private int joining = 1;
  private volatile boolean abandoned;

  /** A joint of so many threads. */
  public Joint(int count) {
    members = new Member[count];
    Arrays.setAll(members, Member::new);
  }

  /** What the thread of a share joins its numbers by. */
  public Member member(int share) {
    return members[share];
  }

  /**
   * From here on the threads of the first so many shares join their numbers, others compute none.
   */
  public void begin(int shares) {
    joining = shares;
    abandoned = false;
    for (Member member : members) {
      member.turn = 0;
      member.arrived = 0;
    }
  }

  /** From here on each model has whole batches. */
  public void end() {
    joining = 1;
  }

  /** Lets nobody wait any more, as one of the threads has failed. */
  public void abandon() {
    abandoned = true;
  }

  /** One of the threads, which lays its numbers where the others find them. */
  public final class Member {
    private final int share;
    private final Object[] laid = new Object[2];
    private long turn;
    private volatile long arrived;

    private Member(int share) {
      this.share = share;
    }

    /** Adds up the first {@code count} numbers of all shares. */
    public void sum(float[] own, float[] whole, int count) {
      int at = lay(own, whole, count);
      for (int s = 1; s < joining; s++) {
        float[] other = (float[]) members[s].laid[at];
        for (int i = 0; i < count; i++) {
          whole[i] += other[i];
        }
      }
    }

    /** The same in double precision. */
    public void sum(double[] own, double[] whole, int count) {
      int at = lay(own, whole, count);
      for (int s = 1; s < joining; s++) {
        double[] other = (double[]) members[s].laid[at];
        for (int i = 0; i < count; i++) {
          whole[i] += other[i];
        }
      }
    }

    /** Finds the greatest of each of the first {@code count} numbers of all shares. */
    public void max(float[] own, float[] whole, int count) {
      int at = lay(own, whole, count);
      for (int s = 1; s < joining; s++) {
        float[] other = (float[]) members[s].laid[at];
        for (int i = 0; i < count; i++) {
          whole[i] = Math.max(whole[i], other[i]);
        }
      }
    }

    /** The same in double precision. */
    public void max(double[] own, double[] whole, int count) {
      int at = lay(own, whole, count);
      for (int s = 1; s < joining; s++) {
        double[] other = (double[]) members[s].laid[at];
        for (int i = 0; i < count; i++) {
          whole[i] = Math.max(whole[i], other[i]);
        }
      }
    }

    /**
     * Lays numbers out, and when all have done so begins the whole with those of the first share.
     * They stay until all have come to the next place but one.
     *
     * @return which of two places all are laid at
     */
    private int lay(Object own, Object whole, int count) {
      if (joining == 1) {
        if (own != whole) {
          System.arraycopy(own, 0, whole, 0, count);
        }
        return 0;
      }
      turn++;
      int at = (int) (turn & 1);
      laid[at] = room(laid[at], own, count);
      System.arraycopy(own, 0, laid[at], 0, count);
      arrived = turn;
      for (int s = 0; s < joining; s++) {
        await(members[s]);
      }
      System.arraycopy(members[0].laid[at], 0, whole, 0, count);
      return at;
    }

    private static Object room(Object room, Object own, int count) {
      if (own instanceof float[]) {
        return room instanceof float[] floats && floats.length >= count ? room : new float[count];
      }
      return room instanceof double[] doubles && doubles.length >= count ? room : new double[count];
    }

    private void await(Member other) {
      for (int looks = 0; other.arrived < turn; looks++) {
        if (abandoned) {
          throw new IllegalStateException("the thread of share " + other.share + " has failed");
        }
        if (looks < LOOKS) {
          Thread.onSpinWait();
        } else if (looks < LOOKS_AWAKE) {
          Thread.yield();
        } else {
          LockSupport.parkNanos(REST_NANOS);
        }
      }
    }
  }
}
