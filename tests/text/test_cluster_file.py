"""`microblog cluster FILE`: every kind of file gets one line a row, or one line of what is wrong with it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from microblog.cli.cluster_file import cluster_file
from microblog.domain.errors import InvalidInput, MicroblogError, NotFound
from tests.text.conftest import CONFIG
from tests.text.test_grouping import TEXTS

FIELDS = ["id", "topic", "question", "kind", "representative", "rank", "keywords", "reason"]


def lines(source: Path, **options: Any) -> list[dict[str, Any]]:
    out = source.parent / "out.jsonl"
    cluster_file(source, out, lexicon=CONFIG / "lexicon", **options)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def as_csv(texts: list[str]) -> str:
    return "id,text\n" + "".join(f'r{at},"{text}"\n' for at, text in enumerate(texts))


def written(file: Path, content: str | bytes) -> Path:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_each_row_has_one_line_in_its_order(tmp_path: Path) -> None:
    told = lines(written(tmp_path / "in.csv", as_csv(TEXTS)))
    assert [line["id"] for line in told] == [f"r{at}" for at in range(len(TEXTS))]
    assert all(list(line) == FIELDS for line in told)
    assert [line["id"] for line in told if line["topic"] is None or line["question"] is None] == ["r9", "r10"]
    assert sorted(line["rank"] for line in told if line["representative"]) == [1, 2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_that_offices_use_are_read(tmp_path: Path, encoding: str) -> None:
    told = lines(written(tmp_path / "in.csv", as_csv(TEXTS).encode(encoding)))
    assert told[0]["kind"] == "question"


def test_every_format_gives_the_same_groups(tmp_path: Path) -> None:
    rows = [{"id": f"r{at}", "内容": text} for at, text in enumerate(TEXTS)]
    jsonl = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    book = Workbook()
    book.worksheets[0].append(["编号", "评论内容"])
    for row in rows:
        book.worksheets[0].append([row["id"], row["内容"]])
    book.save(tmp_path / "in.xlsx")
    expected = lines(written(tmp_path / "in.csv", as_csv(TEXTS)))
    assert lines(written(tmp_path / "in.jsonl", jsonl)) == expected
    assert lines(written(tmp_path / "in.jsonl.gz", gzip.compress(jsonl.encode()))) == expected
    assert lines(written(tmp_path / "in.tsv", as_csv(TEXTS).replace(",", "\t", len(TEXTS) + 1))) is not None
    assert lines(tmp_path / "in.xlsx") == expected
    assert lines(written(tmp_path / "in.xlsx.gz", gzip.compress((tmp_path / "in.xlsx").read_bytes()))) == expected


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("in.csv", "标题甲,乙\n1,2\n", "没有文字列.*标题甲、乙"),
        ("in.jsonl", '{"text": "好"}\n不是\n', "第 2 行不是 JSON"),
        ("in.jsonl", "[1, 2]\n", "第 1 行不是对象"),
        ("in.xlsx", "这不是表格", "不是有效的 xlsx"),
        ("in.csv.gz", "没有压缩", "已损坏"),
        ("in.docx", "x", "只能读取 csv、jsonl、xlsx"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path: Path, name: str, content: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told) as failure:
        lines(written(tmp_path / name, content))
    assert "\n" not in str(failure.value)
    assert not (tmp_path / "out.jsonl").exists()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="找不到文件"):
        lines(tmp_path / "none.csv")


@pytest.mark.parametrize("content", ["", "id,text\n"])
def test_no_rows_give_an_empty_file(tmp_path: Path, content: str) -> None:
    assert lines(written(tmp_path / "in.csv", content)) == []


def test_one_row_is_a_group_of_one(tmp_path: Path) -> None:
    (told,) = lines(written(tmp_path / "in.csv", "text\n灭火器多久换一次\n"))
    assert told["id"] == "1"
    assert told["rank"] == 1
    assert "单独成组" in told["reason"]


def test_equal_rows_cost_one_and_share_one_group(tmp_path: Path) -> None:
    told = lines(written(tmp_path / "in.csv", "text\n" + "灭火器多久换一次\n" * 20_000))
    assert len(told) == 20_000
    assert len({line["question"] for line in told}) == 1


def test_repeated_ids_are_kept_as_they_are(tmp_path: Path) -> None:
    told = lines(written(tmp_path / "in.csv", "id,text\nx,灭火器多久换一次\nx,电梯坏了谁来修\n"))
    assert [line["id"] for line in told] == ["x", "x"]
    assert told[0]["topic"] != told[1]["topic"]


def test_cuts_given_override_the_defaults(tmp_path: Path) -> None:
    source = written(tmp_path / "in.csv", as_csv(TEXTS))
    fine = lines(source, topic_cut=0.9, question_cut=0.95)
    assert len({line["topic"] for line in fine}) > len({line["topic"] for line in lines(source)})
    with pytest.raises(InvalidInput, match="topic-cut"):
        lines(source, topic_cut=0.9, question_cut=0.2)


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    source = written(tmp_path / "in.csv", as_csv(TEXTS))
    with pytest.raises(MicroblogError, match="写不了"):
        cluster_file(source, tmp_path / "no such folder" / "out.jsonl", lexicon=CONFIG / "lexicon")


def test_the_report_is_one_page_that_needs_no_network_and_shows_no_phone(tmp_path: Path) -> None:
    texts = [*TEXTS, "<b>灭火器</b>过期了去哪换，电话13812345678"]
    lines(written(tmp_path / "in.csv", as_csv(texts)), report=tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert TEXTS[3] in page or TEXTS[4] in page or TEXTS[5] in page
    assert "http" not in page
    assert "13812345678" not in page
    assert "138********" in page


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    told: list[float] = []
    lines(written(tmp_path / "in.csv", as_csv(TEXTS)), progress=lambda _, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0
