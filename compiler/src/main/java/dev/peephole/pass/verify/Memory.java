package dev.peephole.pass.verify;

import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Box;
import dev.peephole.pass.buffer.BufferSize;
import dev.peephole.pass.verify.Accesses.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which value is in which buffer while kernels run, one time step of a sequence apart from the
 * others. Refuses to read what is not there, or there no more, and to write a place twice.
 */
final class Memory {
  /** So many time steps stand for all: the first, one between others, the last. */
  static final int STEPS = 3;

  private final Map<Var, Var> shared;
  private final Map<Var, Set<Var>> users = new HashMap<>();
  private final Map<Var, Content> contents = new HashMap<>();

  /** What has been written of a value, as a whole or time step by time step. */
  private static final class Content {
    private final List<Box> whole = new ArrayList<>();
    private final List<List<Box>> steps = new ArrayList<>();
    private final Var[] lost = new Var[STEPS];

    Content() {
      IntStream.range(0, STEPS).forEach(step -> steps.add(new ArrayList<>()));
    }
  }

  /**
   * Where a value is.
   *
   * @param value the one whose buffer it is in, which other values may share
   * @param step the time step of the buffer; {@link #ALL} for all of it
   */
  record Place(Var value, int step) {
    static final int ALL = -1;

    private IntStream steps() {
      return step == ALL ? IntStream.range(0, STEPS) : IntStream.of(step);
    }
  }

  /**
   * @param shared the values that are in the buffers of others, with those others
   */
  Memory(Map<Var, Var> shared) {
    this.shared = shared;
  }

  /** The buffer of a value. */
  Var buffer(Var value) {
    return shared.getOrDefault(value, value);
  }

  /** Forgets a value, which is to be computed anew. */
  void forget(Var value) {
    contents.remove(value);
  }

  /** What others put there before. */
  void give(Var value) {
    write(new Place(value, Place.ALL), Box.whole(value.shape()), Set.of());
  }

  /**
   * @param beside the values of which the same recurrence has one time step at a time
   */
  void write(Place place, Box box, Set<Var> beside) {
    Var value = place.value;
    Content content = contents.computeIfAbsent(value, v -> new Content());
    place.steps().forEach(step -> requireNew(value, box, place.step == Place.ALL, content, step));
    (place.step == Place.ALL ? content.whole : content.steps.get(place.step)).add(box);
    Set<Var> others = users.computeIfAbsent(buffer(value), b -> new HashSet<>());
    others.add(value);
    for (Var other : others) {
      if (other != value && contents.containsKey(other)) {
        boolean apart =
            beside.contains(other)
                && beside.contains(value)
                && BufferSize.of(other).equals(BufferSize.of(value));
        Place lost = apart ? new Place(other, place.step) : new Place(other, Place.ALL);
        lost.steps().forEach(step -> contents.get(other).lost[step] = value);
      }
    }
  }

  private static void requireNew(Var value, Box box, boolean all, Content content, int step) {
    List<Box> before = new ArrayList<>(content.whole);
    before.addAll(content.steps.get(step));
    boolean same = all ? content.steps.get(step).isEmpty() : content.whole.isEmpty();
    boolean fit = before.stream().allMatch(b -> b.shape().equals(box.shape()));
    if (!same || !fit || before.stream().anyMatch(b -> b.common(box) > 0)) {
      throw new Refused("writes " + value.name() + ", which is written already");
    }
  }

  /** Makes sure that what is read is there. */
  void read(Place place, Box box) {
    Var value = place.value;
    Content content = contents.getOrDefault(value, new Content());
    place
        .steps()
        .forEach(
            step -> {
              if (content.lost[step] != null) {
                throw new Refused(
                    "reads %s, but %s has been written over it in the buffer of %s"
                        .formatted(value.name(), content.lost[step].name(), buffer(value).name()));
              }
              boolean all = !content.whole.isEmpty();
              List<Box> there = all ? content.whole : content.steps.get(step);
              requireThere(value, place.step == Place.ALL == all ? box : null, there);
            });
  }

  /**
   * @param box what is read of it; {@code null} for all
   */
  private static void requireThere(Var value, Box box, List<Box> there) {
    if (there.isEmpty()) {
      throw new Refused("reads " + value.name() + ", which nothing before it has written");
    }
    Shape shape = there.get(0).shape();
    Box wanted = box != null && box.shape().equals(shape) ? box : Box.whole(shape);
    if (!wanted.isCoveredBy(there)) {
      throw new Refused("reads " + value.name() + ", of which only a part has been written");
    }
  }
}
