"""`microblog cluster FILE -o OUT.jsonl`: groups the remarks of a file; needs no database."""

import gc
import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from microblog.cli.processes import in_processes
from microblog.cli.rows import Table, read_table
from microblog.domain.errors import InvalidInput, MicroblogError
from microblog.text.grouping import DEFAULT_CUTS, Cuts, Grouping, grow
from microblog.text.lexicon import load_lexicon
from microblog.text.segment import load_segmenter
from microblog.text.shortlist import Shortlist, shortlist

Progress = Callable[[str, float], None]  # a stage in Chinese, and how much of it is done (0 … 1)


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of it, for the command to tell. empty: rows where cleaning leaves nothing."""

    rows: int
    empty: int
    topics: int
    questions: int
    representatives: int
    coverage_line: str


def cluster_file(
    source: Path,
    output: Path,
    *,
    lexicon: Path,
    topic_cut: float | None = None,
    question_cut: float | None = None,
    report: Path | None = None,
    progress: Progress = lambda stage, share: None,
) -> Summary:
    """Group the rows of `source` and write one JSON line a row to `output`, in the order of the rows.

    lexicon: the folder `config/lexicon`. report: where a page for people goes, if anywhere.
    Raises InvalidInput or NotFound, one line of Chinese each.
    """
    cuts = _cuts(topic_cut, question_cut)
    with _nothing_collected():
        progress("读取", 0.0)
        table = read_table(source)
        words = load_lexicon(lexicon)
        progress("比较", 0.1)
        segmenter = load_segmenter(words.segmenter_words())
        grown = grow(table.remarks, segmenter=segmenter, lexicon=words, each=in_processes)
        progress("归类", 0.8)
        grouping = grown.cut(cuts)
        progress("选代表问题", 0.9)
        chosen = shortlist(grouping, table.remarks)
        progress("写出", 0.95)
        _write(output, _lines(table, grouping, chosen))
        if report:
            _write(report, _report(source.name, table, grouping, chosen))
    progress("完成", 1.0)
    return _summary(grouping, chosen)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Millions of values live until the end: searching them for cycles again and again would find nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _cuts(topic: float | None, question: float | None) -> Cuts:
    try:
        return Cuts(
            DEFAULT_CUTS.topic if topic is None else topic, DEFAULT_CUTS.question if question is None else question
        )
    except ValueError as error:
        raise InvalidInput("--topic-cut 和 --question-cut 应满足 0.08 ≤ 话题 ≤ 同问 ≤ 1") from error


def _lines(table: Table, grouping: Grouping, chosen: Shortlist) -> Iterator[str]:
    topics = {topic.id: topic for topic in grouping.topics}
    ranks = {candidate.remark_id: candidate.rank for candidate in chosen.candidates}
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for place, own in zip(grouping.placements, table.ids, strict=True):
        line = {
            "id": own,
            "topic": place.topic,
            "question": place.question,
            "kind": place.kind.value,
            "representative": place.id in ranks,
            "rank": ranks.get(place.id),
            "keywords": list(topics[place.topic].keywords) if place.topic else [],
            "reason": place.reason,
        }
        yield encode(line)


def _report(name: str, table: Table, grouping: Grouping, chosen: Shortlist) -> Iterator[str]:
    from microblog.cli.cluster_report import cluster_report  # noqa: PLC0415  # charts cost those who ask for them

    yield from cluster_report(name, grouping, chosen, {remark.id: remark for remark in table.remarks}).splitlines()


def _write(output: Path, lines: Iterator[str]) -> None:
    """Whole or not at all: a half-written file would look like a result."""
    partial = output.with_name(output.name + ".part")
    opened = gzip.open if output.suffix == ".gz" else open
    try:
        with opened(partial, "wt", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise MicroblogError(f"写不了 {output}：{error.strerror}，请换一个能写的位置") from error


def _summary(grouping: Grouping, chosen: Shortlist) -> Summary:
    return Summary(
        rows=len(grouping.placements),
        empty=sum(place.topic is None for place in grouping.placements),
        topics=len(grouping.topics),
        questions=sum(len(topic.questions) for topic in grouping.topics),
        representatives=len(chosen.candidates),
        coverage_line=chosen.coverage_line,
    )
