"""Clustering quality on the labelled sets: ours at its defaults, peers at their best; curves of our constants.

`python -m bench quality` prints Markdown tables; `--peers` runs the slow peers too.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.datasets import Dataset, datasets, weibo_texts
from bench.peers import jieba_tfidf, peers
from bench.scores import Scores, score, sizes
from microblog.text import features, neighbours
from microblog.text.clean import clean
from microblog.text.grouping import DEFAULT_CUTS, Grown, grow
from microblog.text.kind import kind_of
from microblog.text.lexicon import Lexicon, load_lexicon
from microblog.text.remark import Remark
from microblog.text.segment import Segmenter, load_segmenter

ROOT = Path(__file__).parents[1]
CURVES = {
    "_WORDS": (0.1, 0.2, 0.4),
    "_CHARACTERS": (0.3, 0.6, 0.9),
    "_PAIRS": (0.1, 0.2, 0.4),
    "_ONCE": (0.25, 0.5, 1.0),
    "_KEPT": (8, 16, 32),
    "_BUDGET": (300, 3_000, 30_000),
}


def main(*, with_peers: bool) -> None:
    """Print every table."""
    lexicon = load_lexicon(ROOT / "config" / "lexicon")
    segmenter = load_segmenter(lexicon.segmenter_words())
    sets = list(datasets())
    if not sets:
        print("No ../shared/data beside the checkout: nothing to measure.")
        return
    print("| data | method | setting | P | R | B³ F1 | pairwise F1 | ARI | clusters of 1 / 2 / 3-5 / 6-20 / more |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for data in sets:
        _row(data, "ours", "defaults", labels_of(data, segmenter, lexicon))
        if with_peers:
            _peers(data, segmenter)
    curves(sets, segmenter, lexicon)
    equal_segmentation(sets, segmenter, lexicon)
    kinds()


def labels_of(data: Dataset, segmenter: Segmenter, lexicon: Lexicon) -> list[str]:
    """Our cluster of each row at the defaults; a row without any is alone."""
    grouping = grow(_remarks(data), segmenter=segmenter, lexicon=lexicon).cut()
    return [
        (place.topic if data.level == "topic" else place.question) or f"row {place.id}"
        for place in grouping.placements
    ]


def curves(sets: list[Dataset], segmenter: Segmenter, lexicon: Lexicon) -> None:
    """B³ F1 along each constant, the others at their defaults."""
    print("\n| constant | value | " + " | ".join(data.name for data in sets) + " |")
    print("| --- | --- | " + " | ".join("---" for _ in sets) + " |")
    grown = {data.name: grow(_remarks(data), segmenter=segmenter, lexicon=lexicon) for data in sets}
    for level, steps in (
        ("topic", (0.1, 0.12, 0.14, 0.15, 0.16, 0.18, 0.2)),
        ("question", (0.5, 0.6, 0.63, 0.66, 0.69, 0.75)),
    ):
        for cut in steps:
            told = [f"{_at(grown[data.name], data, cut).f1:.3f}" if data.level == level else "" for data in sets]
            print(f"| {level} cut | {cut} | {' | '.join(told)} |")
    for constant, values in CURVES.items():
        for value in values:
            with _constant(constant, value):
                told = [f"{_at(grow(_remarks(d), segmenter=segmenter, lexicon=lexicon), d).f1:.3f}" for d in sets]
            print(f"| {constant} | {value} | {' | '.join(told)} |")


def equal_segmentation(sets: list[Dataset], segmenter: Segmenter, lexicon: Lexicon) -> None:
    """Whether jieba and rjieba give the same clusters; words they split differently, by set."""
    slow = load_segmenter(lexicon.segmenter_words(), fast=False)
    print("\n| data | texts split differently | same clusters (ARI) |\n| --- | --- | --- |")
    for data in sets:
        texts = [clean(text) for text in data.texts]
        differing = sum(segmenter.words(text) != slow.words(text) for text in texts)
        same = score(labels_of(data, segmenter, lexicon), labels_of(data, slow, lexicon))
        print(f"| {data.name} | {differing} of {len(texts)} | {same.rand:.4f} |")


def kinds() -> None:
    """How often the kind agrees with the labels, and how well what wants an answer is found."""
    texts = weibo_texts()
    with (ROOT / "bench" / "labels" / "kinds.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["kind"], kind_of(texts[row["id"]])) for row in csv.DictReader(file)]
    print("\n| labels | equal | wants an answer: precision | recall |\n| --- | --- | --- | --- |")
    for name, part in (("first 150 (seen while writing the rules)", rows[:150]), ("last 150", rows[150:])):
        wanted = [(gold not in ("other", "empty"), kind.wants_answer) for gold, kind in part]
        hits = sum(gold and found for gold, found in wanted)
        equal = sum(gold == kind.value for gold, kind in part) / len(part)
        precision, recall = hits / sum(found for _, found in wanted), hits / sum(gold for gold, _ in wanted)
        print(f"| {name} | {equal:.3f} | {precision:.3f} | {recall:.3f} |")


def _peers(data: Dataset, segmenter: Segmenter) -> None:
    vectors = jieba_tfidf(data.texts, segmenter.words)
    for name, run in peers().items():
        tried = [(setting, labels.tolist()) for setting, labels in run(vectors)]
        setting, labels = max(tried, key=lambda one: score(one[1], data.gold).f1)
        _row(data, name, f"{setting} (best of {len(tried)})", labels)


def _at(grown: Grown, data: Dataset, cut: float | None = None) -> Scores:
    level = cut or (DEFAULT_CUTS.topic if data.level == "topic" else DEFAULT_CUTS.question)
    label = grown.tree.cut(level)
    return score([-1 - at if of is None else int(label[of]) for at, of in enumerate(grown.wordings.of)], data.gold)


def _row(data: Dataset, method: str, setting: str, labels: list[str] | list[int]) -> None:
    got = score(labels, data.gold)
    told = " | ".join(f"{value:.3f}" for value in (got.precision, got.recall, got.f1, got.pairwise, got.rand))
    print(f"| {data.name} | {method} | {setting} | {told} | {sizes(labels)} |", flush=True)


def _remarks(data: Dataset) -> list[Remark]:
    return [Remark(str(at), text) for at, text in enumerate(data.texts)]


@contextmanager
def _constant(name: str, value: float) -> Iterator[None]:
    module = features if hasattr(features, name) else neighbours
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)
