"""Files as back offices export them: encodings, titles above the header, spreadsheets."""

import gzip
from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from microblog.domain.errors import InvalidInput
from microblog.papers.sheet import headers_of, moment, read_rows, whole, word

KNOWN = frozenset({"评论内容"})
CSV = "评论内容,用户昵称\n归谁管？,江边\n"


def workbook(*lines: list[object]) -> bytes:
    """A spreadsheet of these lines."""
    book, out = Workbook(), BytesIO()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_an_office_uses_is_read(encoding: str) -> None:
    assert read_rows(CSV.encode(encoding), "a.csv", KNOWN) == [{"评论内容": "归谁管？", "用户昵称": "江边"}]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_below_a_title_too(separator: str) -> None:
    text = "某某发布评论导出\n\n" + CSV.replace(",", separator)
    assert read_rows(text.encode(), "a.csv", KNOWN) == [{"评论内容": "归谁管？", "用户昵称": "江边"}]


def test_a_spreadsheet_with_a_title_and_a_date_above_its_header() -> None:
    data = workbook(["评论导出"], ["导出时间", "2024-04-15"], [], ["评论内容", "点赞"], ["归谁管？", 3], [None, None])
    assert read_rows(data, "评论.xlsx", KNOWN) == [{"评论内容": "归谁管？", "点赞": 3}]


def test_a_zipped_file_is_read() -> None:
    assert len(read_rows(gzip.compress(CSV.encode()), "a.csv.gz", KNOWN)) == 1


def test_words_over_several_lines_stay_together() -> None:
    [row] = read_rows('评论内容,用户昵称\n"第一行\n第二行，""引""",江边\n'.encode(), "a.csv", KNOWN)
    assert row["评论内容"] == '第一行\n第二行，"引"'


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"\x81\x00\xff", "a.csv"), (b"no zip", "a.xlsx"), (b"no zip", "a.csv.gz"), (b"[1]", "a.jsonl"), (b"", "a.doc")],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_rows(data, name, KNOWN)
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_empty_file_has_no_rows() -> None:
    assert read_rows(b"", "a.csv", KNOWN) == []
    assert headers_of([]) == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2024-04-01 12:30", datetime(2024, 4, 1, 4, 30, tzinfo=UTC)),
        ("2024/4/1 12:30:05", datetime(2024, 4, 1, 4, 30, 5, tzinfo=UTC)),
        ("2024年4月1日 12:30", datetime(2024, 4, 1, 4, 30, tzinfo=UTC)),
        ("Mon Apr 01 12:30:00 +0800 2024", datetime(2024, 4, 1, 4, 30, tzinfo=UTC)),
        (datetime(2024, 4, 1, 12, 30), datetime(2024, 4, 1, 4, 30, tzinfo=UTC)),  # noqa: DTZ001  # as spreadsheets hold it
        ("昨天", None),
        ("", None),
        (None, None),
    ],
)
def test_times_are_chinas(cell: object, expected: datetime | None) -> None:
    assert moment(cell) == expected


def test_numbers_of_a_spreadsheet_read_as_they_look() -> None:
    assert (word(5118500000000123.0), word(3), word(None)) == ("5118500000000123", "3", "")
    assert (whole("12"), whole(3.0), whole("-1"), whole("很多"), whole(None)) == (12, 3, 0, 0, 0)
