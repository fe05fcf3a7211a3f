"""What may reach the terminal, and how values become JSON."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from microblog.cli.screen import local, one_line, plain, say, show_json, show_table, visible
from microblog.domain.interview import Guest
from microblog.domain.post import PostState


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2J清屏", "\\u001b[2J清屏"),
        ("\x9b31m", "\\u009b31m"),
        ("甲\u202e乙", "甲\\u202e乙"),
        ("零\u200b宽", "零\\u200b宽"),
        ("半\ud83d个", "半\\ud83d个"),
        ("回\r车", "回\\u000d车"),
        ("两\r\n行", "两\n行"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
    ],
)
def test_what_hides_or_steers_is_spelled_out(hostile: str, shown: str) -> None:
    assert visible(hostile) == shown


def test_one_line_is_cut_with_an_ellipsis() -> None:
    assert one_line("一 二\n三四五", 5) == "一 二 …"
    assert one_line("一二三", 3) == "一二三"


def test_a_table_shows_markup_of_strangers_as_they_wrote_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    show_table(("问题",), [("[red]红[/red] :smile: \x1b[1m",)])
    assert "[red]红[/red] :smile: \\u001b[1m" in capsys.readouterr().out


def test_an_empty_table_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(("问题",), [], empty="还没有")
    assert capsys.readouterr().out == "还没有\n"


def test_moments_are_shown_in_china() -> None:
    assert local(datetime(2024, 3, 24, 16, 30, tzinfo=UTC)) == "2024-03-25 00:30"
    assert local(None) == "—"


def test_values_become_plain_json(capsys: pytest.CaptureFixture[str]) -> None:
    value = {
        "at": datetime(2024, 3, 24, 16, 30, tzinfo=UTC),
        "day": date(2024, 4, 25),
        "hour": time(15),
        "state": PostState.DUE,
        "guests": (Guest("周安", "大队长", "消防大队"),),
        "file": Path("a/b"),
        "none": None,
    }
    show_json(value)
    assert json.loads(capsys.readouterr().out) == {
        "at": "2024-03-25T00:30:00+08:00",
        "day": "2024-04-25",
        "hour": "15:00:00",
        "state": "due",
        "guests": [{"name": "周安", "post": "大队长", "unit": "消防大队", "expert": False}],
        "file": "a/b",
        "none": None,
    }


def test_half_a_surrogate_pair_survives_json(capsys: pytest.CaptureFixture[str]) -> None:
    show_json("半\ud83d个")
    assert json.loads(capsys.readouterr().out) == "半\ud83d个"


def test_say_prints_several_lines(capsys: pytest.CaptureFixture[str]) -> None:
    say("一\n二")
    assert capsys.readouterr().out == "一\n二\n"


def test_plain_leaves_simple_values_alone() -> None:
    assert plain([1, 2.5, "三", True]) == [1, 2.5, "三", True]
