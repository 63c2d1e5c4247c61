package dev.peephole.runtime.train.progress;

/** Shows how far a run is. */
public interface Progress {

  /** Shows nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void step(int epoch, int examples, double loss) {}

        @Override
        public void epoch(Epoch epoch) {}

        @Override
        public void end() {}
      };

  /**
   * After each step.
   *
   * @param epoch the number of the epoch under way
   * @param examples how many of its examples are done
   * @param loss their mean loss
   */
  void step(int epoch, int examples, double loss);

  /** After each epoch. */
  void epoch(Epoch epoch);

  /** Before anything else is printed. */
  void end();
}
