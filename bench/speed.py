"""The whole command, cold, on invented comments: wall time, stages, memory, and segmentation alone as the floor.

Beside the wall time stands the processor time, which other work on the machine changes little; ratios to the floor,
stages and the growth exponent (the slope between the first and the last size) are of processor time.
"""

import json
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from math import log
from pathlib import Path

from bench.comments import write_comments

ROOT = Path(__file__).parents[1]
COLD = """
import json, resource, sys, time
from pathlib import Path
from microblog.cli.cluster_file import cluster_file
marks = []
cluster_file(Path(sys.argv[1]), Path(sys.argv[2]), lexicon=Path(sys.argv[3]),
             progress=lambda stage, share: marks.append((stage, time.process_time())))
print(json.dumps({"seconds": time.process_time(), "marks": marks,
                  "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""
FLOOR = """
import sys, time
from pathlib import Path
from microblog.cli.rows import read_table
from microblog.text.lexicon import load_lexicon
from microblog.text.segment import load_segmenter
texts = [remark.text for remark in read_table(Path(sys.argv[1])).remarks]
segmenter = load_segmenter(load_lexicon(Path(sys.argv[2])).segmenter_words())
start = time.process_time()
for text in texts:
    segmenter.words(text)
print(time.process_time() - start)
"""


def main(sizes: list[int]) -> None:
    """Print a Markdown table, one row a size."""
    print("\n| comments | wall, cold | processor | peak memory | segmentation alone | ratio | stages (processor) |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    seconds = [_measure(size) for size in sizes]
    if len(sizes) > 1:
        exponent = log(seconds[-1] / seconds[0]) / log(sizes[-1] / sizes[0])
        print(f"\nGrowth exponent {exponent:.2f} from {sizes[0]:,} to {sizes[-1]:,}.")


def _measure(size: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        file, lexicon = Path(folder) / "comments.jsonl", ROOT / "config" / "lexicon"
        write_comments(file, size)
        floor = float(_run(FLOOR, str(file), str(lexicon)))
        start = time.perf_counter()
        told = json.loads(_run(COLD, str(file), str(Path(folder) / "out.jsonl"), str(lexicon)))
        whole = time.perf_counter() - start
    marks = [*told["marks"], ["", told["seconds"]]]
    spans = pairwise(marks)
    stages = "、".join(f"{stage} {after - at:.1f}" for (stage, at), (_, after) in spans if after - at >= 0.05)
    spent, memory = told["seconds"], told["megabytes"]
    print(f"| {size:,} | {whole:.1f} s | {spent:.1f} s | {memory:,.0f} MB | {floor:.2f} s ", end="")
    print(f"| {spent / floor:.1f} × | {stages} |", flush=True)
    return float(spent)


def _run(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout  # noqa: S603  # ours
