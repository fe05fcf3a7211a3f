"""How well predicted clusters agree with gold ones; only rows with a gold cluster count."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import comb


@dataclass(frozen=True)
class Scores:
    """B-cubed precision, recall and F1, pairwise F1, adjusted Rand index."""

    precision: float
    recall: float
    f1: float
    pairwise: float
    rand: float


def score(predicted: Sequence[Hashable], gold: Sequence[str]) -> Scores:
    """Compare on the rows whose gold cluster is known."""
    rows = [(cluster, label) for cluster, label in zip(predicted, gold, strict=True) if label]
    both, found, real = Counter(rows), Counter(c for c, _ in rows), Counter(label for _, label in rows)
    precision = sum(n * n / found[c] for (c, _), n in both.items()) / len(rows)
    recall = sum(n * n / real[label] for (_, label), n in both.items()) / len(rows)
    together = sum(comb(n, 2) for n in both.values())
    ours, theirs = (sum(comb(n, 2) for n in count.values()) for count in (found, real))
    expected = ours * theirs / comb(len(rows), 2)
    room = (ours + theirs) / 2 - expected
    return Scores(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall),
        pairwise=2 * together / (ours + theirs) if ours + theirs else 1.0,
        rand=(together - expected) / room if room else 1.0,
    )


def sizes(predicted: Sequence[Hashable]) -> str:
    """How many clusters there are by size, over all rows."""
    count = Counter(Counter(predicted).values())
    steps = ((1, 1), (2, 2), (3, 5), (6, 20), (21, 10**9))
    told = [sum(n for size, n in count.items() if low <= size <= high) for low, high in steps]
    return " / ".join(map(str, told))
