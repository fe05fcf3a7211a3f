"""What it takes to place one new remark among many that stand, without moving any of them."""

import time
from pathlib import Path

import numpy as np

from bench.comments import comments
from microblog.text.corrections import relabel
from microblog.text.grouping import grow
from microblog.text.join import Joiner
from microblog.text.lexicon import load_lexicon
from microblog.text.outline import Outline, ground_of
from microblog.text.remark import Remark
from microblog.text.segment import load_segmenter

NEW = 1_000


def main(standing: int) -> None:
    """Print the mean, the 99th percentile and the longest, in milliseconds of wall time."""
    lexicon = load_lexicon(Path(__file__).parents[1] / "config" / "lexicon")
    segmenter = load_segmenter(lexicon.segmenter_words())
    rows = [Remark(row["id"], row["text"], row["user"]) for row in comments(standing + NEW)]
    grown = grow(rows[:standing], segmenter=segmenter, lexicon=lexicon)
    joiner = Joiner(Outline(grown, ground_of(grown), relabel(grown, ())), segmenter=segmenter)
    spent = []
    for row in rows[standing:]:
        start = time.perf_counter()
        joiner.place(row)
        spent.append((time.perf_counter() - start) * 1000)
    print(f"{NEW:,} remarks joined {standing:,}: mean {np.mean(spent):.1f} ms, ", end="")
    print(f"99 % under {np.percentile(spent, 99):.1f} ms, longest {max(spent):.1f} ms")
