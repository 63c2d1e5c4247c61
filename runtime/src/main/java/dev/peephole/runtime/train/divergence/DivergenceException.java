package dev.peephole.runtime.train.divergence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A loss or a gradient is not finite: the numbers of a training run have grown out of bounds. */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String culprit;
  private final String origin;
  private final String note;
  private final Remedy remedy;

  /**
   * @param message what happened when
   * @param culprit what the first value is that is not finite
   * @param origin where the model says so, as {@code file:line}; may be empty
   */
  public DivergenceException(String message, String culprit, String origin, Remedy remedy) {
    this(message, culprit, origin, remedy, "");
  }

  private DivergenceException(
      String message, String culprit, String origin, Remedy remedy, String note) {
    super(message);
    this.culprit = culprit;
    this.origin = origin;
    this.note = note;
    this.remedy = remedy;
  }

  /** The same error that also says what is left of the run. */
  public DivergenceException with(String whatIsLeft) {
    return new DivergenceException(getMessage(), culprit, origin, remedy, whatIsLeft);
  }

  /** What the first value is that is not finite. */
  public String culprit() {
    return culprit;
  }

  /** Where the model defines that value, as {@code file:line}. */
  public Optional<String> origin() {
    return origin.isEmpty() ? Optional.empty() : Optional.of(origin);
  }

  /** What to do about it. */
  public String hint() {
    return remedy.hint();
  }

  /** What a JSON event says of it. */
  public Map<String, Object> event() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "error");
    event.put("message", getMessage());
    event.put("culprit", culprit);
    event.put("hint", hint());
    return event;
  }

  /** All of it, a thing a line. */
  public String report() {
    String place = origin().map(o -> o + ": ").orElse("");
    String left = note.isEmpty() ? "" : "\n  " + note;
    return place + getMessage() + "\n  " + culprit + left + "\n  hint: " + hint();
  }
}
