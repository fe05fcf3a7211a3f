import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from microblog.domain.milestone import Milestone, Status, milestone_as_json, status_on
from microblog.domain.period import SHANGHAI

EXACT = Milestone("final", "访谈定稿", "lead-unit", "第一责任单位", date(2024, 4, 22), date(2024, 4, 22))
WINDOW = replace(EXACT, first=date(2024, 3, 29), last=date(2024, 4, 27), provisional=True)
UNDATED = replace(EXACT, first=None, last=None)


def china(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("milestone", "now", "expected"),
    [
        (EXACT, china(4, 21, 23, 59), Status.NOT_DUE),
        (EXACT, china(4, 22, 0), Status.DUE_TODAY),
        (EXACT, datetime(2024, 4, 21, 16, tzinfo=UTC), Status.DUE_TODAY),  # already the 22nd in China
        (EXACT, china(4, 23, 0), Status.DUE_TODAY),  # 24:00 itself is still in time
        (EXACT, china(4, 23, 0, 1), Status.LATE),
        (replace(EXACT, end=time(12)), china(4, 22, 12, 1), Status.LATE),
        (replace(EXACT, overdue_at_import=True), china(4, 24), Status.OVERDUE_AT_IMPORT),
        (WINDOW, china(3, 28), Status.NOT_DUE),
        (WINDOW, china(3, 29), Status.AMBER),
        (WINDOW, china(4, 26), Status.AMBER),
        (WINDOW, china(4, 27), Status.DUE_TODAY),
        (WINDOW, china(4, 28), Status.LATE),
        (UNDATED, china(12, 31), Status.NOT_DUE),
    ],
)
def test_the_status_of_an_open_milestone(milestone: Milestone, now: datetime, expected: Status) -> None:
    assert status_on(milestone, now) is expected


@pytest.mark.parametrize(
    ("milestone", "done_at", "expected"),
    [
        (EXACT, china(4, 1), Status.DONE),
        (EXACT, china(4, 23, 0), Status.DONE),
        (EXACT, china(4, 23, 0, 1), Status.DONE_LATE),
        (replace(EXACT, overdue_at_import=True), china(4, 24), Status.DONE_LATE),
        (UNDATED, china(12, 31), Status.DONE),
    ],
)
def test_the_status_of_a_finished_milestone(milestone: Milestone, done_at: datetime, expected: Status) -> None:
    assert status_on(milestone, china(12, 31), done_at) is expected


def test_every_status_has_a_chinese_name() -> None:
    assert len({status.chinese for status in Status}) == len(Status)


def test_a_window_across_the_year_reads_with_both_years() -> None:
    across = replace(WINDOW, first=date(2024, 12, 1), last=date(2025, 1, 30))
    assert across.chinese == "2024年12月1日至2025年1月30日之间"


def test_a_milestone_with_an_hour_is_due_at_it() -> None:
    at_noon = replace(EXACT, end=time(12))
    assert at_noon.due == china(4, 22, 12)
    assert at_noon.chinese == "2024年4月22日 12:00前"


def test_the_plain_form_survives_json_and_tells_the_precision() -> None:
    plain = milestone_as_json(replace(EXACT, proposed=date(2024, 4, 19)), china(4, 23))
    assert json.loads(json.dumps(plain)) == {
        "id": "final",
        "title": "访谈定稿",
        "owner": "lead-unit",
        "owner_title": "第一责任单位",
        "precision": "day",
        "first": "2024-04-22",
        "last": "2024-04-22",
        "begins": "2024-04-22T00:00:00+08:00",
        "due": "2024-04-23T00:00:00+08:00",
        "when": "2024年4月22日 24:00前",
        "hard": True,
        "provisional": False,
        "proposed": "2024-04-19",
        "overdue_at_import": False,
        "status": "late",
    }
    assert milestone_as_json(WINDOW)["precision"] == "window"
    assert milestone_as_json(UNDATED)["precision"] == "unknown"
    assert "status" not in milestone_as_json(UNDATED)
