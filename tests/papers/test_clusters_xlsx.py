from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from microblog.domain.question import Completeness
from microblog.papers.cells import LONGEST
from microblog.papers.clusters_xlsx import CommentRow, LeftOutRow, TopicRow, clusters_to_xlsx
from tests.papers.examples import START

TOPIC = TopicRow("校门口停车", ("停车", "限时", "拥堵"), 57, 41, 230, "能不能设限时车位？")
COMMENT = CommentRow("weibo:5012345678901234567", "校门口停车", "限时车位", "问题", "能设吗？", "小鹿", 3, START)
LEFT_OUT = LeftOutRow("小区路灯", 4, "与本期主题无关，已转有关单位", START)
LEDGER = Completeness(total=600, stored=573, alive=570, deleted=3, late=12, unseen=30)


def written(*comments: CommentRow) -> bytes:
    return clusters_to_xlsx(
        topics=[TOPIC], comments=comments, left_out=[LEFT_OUT], completeness=LEDGER, written_at=START
    )


def workbook(*comments: CommentRow) -> Any:
    return load_workbook(BytesIO(written(*comments)))


def text_cell(text: str) -> Any:
    return workbook(replace(COMMENT, text=text))["问题明细"]["D2"]


def values(sheet: Any) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_sheets_hold_topics_comments_what_was_left_out_and_the_ledger() -> None:
    book = workbook(COMMENT)

    assert book.sheetnames == ["归类总览", "问题明细", "未入选", "完整性"]
    assert values(book["归类总览"])[1] == [1, "校门口停车", "停车、限时、拥堵", 57, 41, 230, "能不能设限时车位？"]
    assert values(book["问题明细"])[1][:6] == ["校门口停车", "限时车位", "问题", "能设吗？", "小鹿", 3]
    assert values(book["未入选"])[1][:3] == ["小区路灯", 4, "与本期主题无关，已转有关单位"]
    assert [row[1] for row in values(book["完整性"])[1:]] == [600, 573, 570, 3, 12, 0, 30]


def test_times_are_shanghais_and_ids_keep_every_digit() -> None:
    sheet = workbook(COMMENT)["问题明细"]

    assert f"{sheet['G2'].value:%Y-%m-%d %H:%M:%S}" == "2024-04-25 15:00:00"
    assert sheet["H2"].value == "weibo:5012345678901234567"


def test_headers_are_frozen_filtered_and_wide_enough() -> None:
    sheet = workbook(COMMENT, COMMENT)["问题明细"]

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H3"
    assert sheet.column_dimensions["D"].width == 70
    assert sheet["D2"].alignment.wrap_text


@pytest.mark.parametrize(
    "formula",
    ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "＝1+1", '=HYPERLINK("http://x")'],
)
def test_what_looks_like_a_formula_is_text(formula: str) -> None:
    cell = text_cell(formula)

    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value == formula.replace("\r", "\n")


def test_an_error_word_is_text_too() -> None:
    assert text_cell("#N/A").data_type == "s"


def test_ordinary_words_are_not_marked_as_quoted() -> None:
    assert not text_cell("5月1日=停课吗？").quotePrefix


def test_control_characters_are_made_visible() -> None:
    assert text_cell("a\x00b\x07c\x1bd\ud83de\x7f").value == "a␀b␇c␛d�e␡"


@pytest.mark.parametrize("char", ["字", "😀"])
def test_text_too_long_for_a_cell_is_cut_with_a_note(char: str) -> None:
    value = text_cell(char * 50_000).value

    assert len(value.encode("utf-16-le")) // 2 in (LONGEST, LONGEST - 1)
    assert value.endswith("（原文共 50,000 个字符，单元格放不下，已截断）")
    assert set(value.partition("……")[0]) == {char}


def test_text_that_just_fits_is_not_cut() -> None:
    assert text_cell("字" * LONGEST).value == "字" * LONGEST


def test_markup_bidi_and_emoji_stay_as_written() -> None:
    words = "<b>&amp;</b> \u202e反 👨‍👩‍👧 ]]>"

    assert text_cell(words).value == words


def test_comments_beyond_one_sheet_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("microblog.papers.clusters_xlsx.MOST_ROWS", 3)

    book = workbook(*(replace(COMMENT, likes=likes) for likes in range(5)))

    assert book.sheetnames[1:4] == ["问题明细", "问题明细 2", "问题明细 3"]
    likes = [row[5] for name in book.sheetnames[1:4] for row in values(book[name])[1:]]
    assert likes == [0, 1, 2, 3, 4]


def test_a_sheet_exactly_full_is_not_followed_by_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("microblog.papers.clusters_xlsx.MOST_ROWS", 3)

    assert workbook(COMMENT, COMMENT).sheetnames[1:3] == ["问题明细", "未入选"]


def test_no_comments_at_all_still_make_a_workbook() -> None:
    assert len(values(workbook()["问题明细"])) == 1


def test_the_same_rows_give_the_same_bytes() -> None:
    assert written(COMMENT) == written(COMMENT)
