"""Writes metrics.txt: answers, and what scikit-learn makes of them.

Needs scikit-learn (written with 1.2.1) and numpy. Scores are multiples of 1/64, which are exact in single
precision and often alike, so that there are ties. A case is a few lines: what there is, then a line a figure.
"""
import pathlib
import numpy as np
from sklearn import calibration, metrics as m

random = np.random.RandomState(4)
lines = []


def write(name, kind, width, choices, scores, truth, weights, lengths, figures):
    lines.append(f"case {name}")
    lines.append(f"target {kind} {width} {choices}")
    lines.append("scores " + " ".join(repr(float(v)) for v in np.ravel(scores)))
    lines.append("truth " + " ".join(repr(float(v)) for v in np.ravel(truth)))
    if weights is not None:
        lines.append("weights " + " ".join(repr(float(v)) for v in weights))
    if lengths is not None:
        lines.append("lengths " + " ".join(map(str, lengths)))
    for metric, figure in figures:
        lines.append(f"is {metric} " + " ".join(repr(float(v)) for v in np.ravel(figure)))


def probabilities(n, classes):
    """Rows of multiples of 1/64 that sum up to 1."""
    cuts = np.sort(random.randint(1, 64, (n, classes - 1)), axis=1)
    edges = np.hstack([np.zeros((n, 1)), cuts, np.full((n, 1), 64)])
    return np.diff(edges, axis=1) / 64


def calibration_error(right, sure, weights=None, bins=15):
    """scikit-learn has the curve (without weights); its gaps are weighted by how many there are in each bin."""
    ids = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], sure)
    counts = np.bincount(ids, minlength=bins)
    true, predicted = calibration.calibration_curve(right, sure, n_bins=bins)
    return np.sum(counts[counts > 0] * np.abs(true - predicted)) / len(right)


def ranked(truth, scores, weights, figure):
    """The figure of each class against the others; nan where scikit-learn refuses, or has nothing to divide by."""
    each = []
    for c in range(scores.shape[1]):
        yes = truth[:, c]
        empty = not yes.any() or (figure is m.roc_auc_score and yes.all())
        each.append(np.nan if empty else figure(yes, scores[:, c], sample_weight=weights))
    return np.array(each)


def labels(name, scores, truth, weights=None, lengths=None, each_weight=None, tops=(2,)):
    classes = scores.shape[1]
    answers = scores.argmax(axis=1)
    w = each_weight if each_weight is not None else weights
    at = dict(sample_weight=w)
    figures = [
        ("accuracy", m.accuracy_score(truth, answers, **at)),
        ("balanced_accuracy", m.balanced_accuracy_score(truth, answers, **at)),
        ("kappa", m.cohen_kappa_score(truth, answers, **at)),
        ("matthews", m.matthews_corrcoef(truth, answers, **at)),
    ]
    for metric, function in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
        for average in ("macro", "micro", "weighted"):
            value = function(truth, answers, average=average, zero_division=0, **at)
            figures.append((f"{metric}({average})", value))
        each = function(truth, answers, average=None, labels=range(classes), zero_division=0, **at)
        there = np.isin(range(classes), np.union1d(truth, answers))
        figures.append((f"{metric}(each)", np.where(there, each, np.nan)))
    yes = np.eye(classes)[truth]
    for metric, function in (("auc", m.roc_auc_score), ("average_precision", m.average_precision_score)):
        each = ranked(yes, scores, w, function)
        figures.append((f"{metric}(each)", each))
        figures.append((f"{metric}(macro)", np.nanmean(each)))
        if not np.isnan(each).any():
            figures.append((f"{metric}(weighted)", function(yes, scores, average="weighted", **at)))
            figures.append((f"{metric}(micro)", function(yes, scores, average="micro", **at)))
    sure = np.maximum(scores, 2.0 ** -126)
    figures.append(("perplexity", np.exp(m.log_loss(truth, sure, labels=range(classes), eps=1e-38, **at))))
    if w is None:
        figures.append(("calibration_error", calibration_error(answers == truth, scores.max(axis=1))))
        figures.append(("calibration_error(5)", calibration_error(answers == truth, scores.max(axis=1), bins=5)))
    for k in tops:
        # argsort takes the last of those alike first; a little less for later ones makes that the first
        untied = scores - np.arange(classes) * 1e-9
        figures.append((f"top({k})", m.top_k_accuracy_score(truth, untied, k=k, labels=range(classes), **at)))
    write(name, f"class{classes}", 1, classes, scores, truth, weights, lengths, figures)


def yes_or_no(name, scores, truth, weights=None):
    answers = (scores > 0.5).astype(int)
    at = dict(sample_weight=weights)
    figures = [
        ("accuracy", m.accuracy_score(truth, answers, **at)),
        ("balanced_accuracy", m.balanced_accuracy_score(truth, answers, **at)),
        ("precision", m.precision_score(truth, answers, zero_division=0, **at)),
        ("recall", m.recall_score(truth, answers, **at)),
        ("f1", m.f1_score(truth, answers, **at)),
        ("matthews", m.matthews_corrcoef(truth, answers, **at)),
        ("average_precision", m.average_precision_score(truth, scores, **at)),
        ("perplexity", np.exp(m.log_loss(truth, np.stack([1 - scores, scores], 1), labels=[0, 1], **at))),
    ]
    both = len(np.unique(truth)) == 2
    figures.append(("auc", m.roc_auc_score(truth, scores, **at) if both else np.nan))
    if both:
        figures.append(("kappa", m.cohen_kappa_score(truth, answers, **at)))
    write(name, "numbers", 1, 1, scores, truth, weights, None, figures)
    if both:
        write(name + " as a label", "class2", 1, 1, scores, truth, weights, None, figures)


def items(name, scores, truth, weights=None):
    answers = (scores > 0.5).astype(int)
    at = dict(sample_weight=weights)
    figures = []
    for metric, function in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
        for average in ("macro", "micro", "weighted"):
            figures.append((f"{metric}({average})", function(truth, answers, average=average, zero_division=0, **at)))
    for metric, function in (("auc", m.roc_auc_score), ("average_precision", m.average_precision_score)):
        for average in ("macro", "micro", "weighted"):
            figures.append((f"{metric}({average})", function(truth, scores, average=average, **at)))
    some = truth.any(axis=1)
    w = None if weights is None else weights[some]
    figures.append(("map", m.average_precision_score(truth[some], scores[some], average="samples", sample_weight=w)))
    order = np.argsort(-scores, axis=1, kind="stable")
    hits = np.take_along_axis(truth, order, axis=1)
    for k in (1, 3):
        found = hits[:, :k].sum(axis=1)
        figures.append((f"precision_at({k})", np.average(found / k, weights=weights)))
        figures.append((f"recall_at({k})", np.average(found[some] / truth[some].sum(axis=1), weights=w)))
    write(name, "numbers", truth.shape[1], 1, scores, truth, weights, None, figures)


def numbers(name, answers, truth, weights=None):
    at = dict(sample_weight=weights)
    figures = [
        ("mae", m.mean_absolute_error(truth, answers, **at)),
        ("rmse", m.mean_squared_error(truth, answers, **at) ** 0.5),
        ("r2", m.r2_score(truth, answers, **at)),
        ("mape", m.mean_absolute_percentage_error(truth, answers, **at)),
    ]
    write(name, "numbers", truth.shape[1], 1, answers, truth, weights, None, figures)


n = 40
weights = random.randint(0, 5, n) / 2
scores = probabilities(n, 3)
truth = np.where(random.rand(n) < 0.6, scores.argmax(axis=1), random.randint(0, 3, n))
labels("three classes", scores, truth)
labels("three classes with weights", scores, truth, weights)

scores = probabilities(n, 5)
scores[:, 4] = 0
scores /= 1
scores[:, 0] += 1 - scores.sum(axis=1)
truth = np.where(random.rand(n) < 0.5, scores.argmax(axis=1), random.randint(0, 3, n)) % 3
labels("one class is answered and never right, one does not come at all", scores, truth, tops=(1, 3))

scores = probabilities(n, 3)
lengths = [1, 7, 2, 5, 1, 9, 3, 12]
truth = np.where(random.rand(n) < 0.6, scores.argmax(axis=1), random.randint(0, 3, n))
labels("sequences", scores, truth, lengths=lengths)
weights = np.array([2, 1, 0, 3, 0.5, 1, 2, 1])
labels("sequences with weights", scores, truth, weights, lengths, np.repeat(weights, lengths))

n = 33
scores = random.randint(1, 16, n) / 16
truth = (random.rand(n) < scores).astype(int)
yes_or_no("yes or no", scores, truth)
yes_or_no("yes or no with weights", scores, truth, random.randint(0, 5, n) / 2)
yes_or_no("always yes", scores, np.ones(n, int))

scores = random.randint(1, 16, (n, 5)) / 16
truth = (random.rand(n, 5) < scores ** 2).astype(int)
items("several of five", scores, truth)
items("several of five with weights", scores, truth, random.randint(0, 5, n) / 2)

truth = random.randint(1, 300, (n, 1)) / 4
numbers("a number", truth + random.randint(-40, 40, (n, 1)) / 4, truth)
truth = random.randint(1, 300, (n, 3)) / 4 + [1000, 0, 0]
answers = truth + random.randint(-40, 40, (n, 3)) / 4
numbers("three numbers", answers, truth)
numbers("three numbers with weights", answers, truth, random.randint(0, 5, n) / 2)

path = pathlib.Path(__file__).with_name("metrics.txt")
path.write_text("\n".join(lines) + "\n")
