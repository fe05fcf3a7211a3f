"""The whole command, cold, on invented comments: wall time, processor time, memory, stages, and segmentation alone.

Ratio and growth exponent are of wall time, as a person at the machine counts it. The command and segmentation alone
(which takes one processor) run in turns, three times each up to 100,000 comments, and the quickest of each counts:
whatever else a machine does only adds. The stages come from one more run, which reports them.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path

from bench.comments import write_comments

ROOT = Path(__file__).parents[1]
STAGES = """
import json, sys, time
from pathlib import Path
start = time.perf_counter()
from microblog.cli.cluster_file import cluster_file
marks = [("imports", start)]
cluster_file(Path(sys.argv[1]), Path(sys.argv[2]), lexicon=Path(sys.argv[3]),
             progress=lambda stage, share: marks.append((stage, time.perf_counter())))
print(json.dumps(marks))
"""
FLOOR = """
import sys, time
from pathlib import Path
from microblog.cli.rows import read_table
from microblog.text.lexicon import load_lexicon
from microblog.text.segment import load_segmenter
texts = [remark.text for remark in read_table(Path(sys.argv[1])).remarks]
segmenter = load_segmenter(load_lexicon(Path(sys.argv[2])).segmenter_words())
start = time.perf_counter()
for text in texts:
    segmenter.words(text)
print(time.perf_counter() - start)
"""
REPEATED = 100_000
ENGLISH = {"读取": "reading", "比较": "comparing", "归类": "grouping", "选代表问题": "shortlist", "写出": "writing"}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process. wall, processor: seconds; megabytes: the most it held."""

    wall: float
    processor: float
    megabytes: float


def main(sizes: list[int]) -> None:
    """Print a Markdown table, one row a size."""
    print("\n| comments | wall, cold | processor | peak memory | segmentation alone | ratio | stages (wall) |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    seconds = [_measure(size) for size in sizes]
    if len(sizes) > 1:
        exponent = log(seconds[-1] / seconds[0]) / log(sizes[-1] / sizes[0])
        print(f"\nGrowth exponent {exponent:.2f} from {sizes[0]:,} to {sizes[-1]:,}.")


def _measure(size: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        file, out, lexicon = Path(folder) / "comments.jsonl", Path(folder) / "out.jsonl", ROOT / "config" / "lexicon"
        write_comments(file, size)
        command = [sys.executable, "-m", "microblog.cli.main", "cluster", str(file), "-o", str(out)]
        turns = range(3 if size <= REPEATED else 1)
        runs = [(float(_told(FLOOR, str(file), str(lexicon))), _cost(command)) for _ in turns]
        floor, cost = min(floor for floor, _ in runs), min((cost for _, cost in runs), key=lambda one: one.wall)
        marks = json.loads(_told(STAGES, str(file), str(out), str(lexicon)))
    spans = [(ENGLISH.get(stage, stage), after - at) for (stage, at), (_, after) in pairwise(marks)]
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in spans if seconds >= 0.05)
    print(f"| {size:,} | {cost.wall:.1f} s | {cost.processor:.1f} s | {cost.megabytes:,.0f} MB ", end="")
    print(f"| {floor:.2f} s | {cost.wall / floor:.1f} × | {stages} |", flush=True)
    return cost.wall


def _cost(command: list[str]) -> Cost:
    """Run a command to its end. Raises CalledProcessError where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)  # noqa: S603  # ours
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _told(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout  # noqa: S603  # ours
