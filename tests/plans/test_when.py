"""Time words: as exact as printed, never more."""

from datetime import date, time

import pytest

from microblog.domain.plan import PlannedTime
from microblog.plans.when import looks_like_time, parse_when

MONTHS = [
    ("4月", (4,)),
    ("4月份", (4,)),
    ("４月", (4,)),
    ("十一月", (11,)),
    ("第一季度", (1, 2, 3)),
    ("四季度", (10, 11, 12)),
    ("二、三季度", (4, 5, 6, 7, 8, 9)),
    ("上半年", (1, 2, 3, 4, 5, 6)),
    ("下半年", (7, 8, 9, 10, 11, 12)),
    ("7月至8月", (7, 8)),
    ("1-3月", (1, 2, 3)),
    ("三、四月", (3, 4)),
    ("3月、6月", (3, 6)),
    ("12月至次年1月", (12, 1)),
    ("全年", tuple(range(1, 13))),
]
DAYS = [
    ("4月20日 9:00-11:00", date(2025, 4, 20), time(9), time(11)),
    ("2019年6月17日 下午2:30", date(2019, 6, 17), time(14, 30), None),
    ("6月17日下午2:30－4:30", date(2025, 6, 17), time(14, 30), time(16, 30)),
    ("5月8日9时至11时30分", date(2025, 5, 8), time(9), time(11, 30)),
    ("4月17日（星期四）上午9：00—11：00", date(2025, 4, 17), time(9), time(11)),
    ("5月8日下午2点半", date(2025, 5, 8), time(14, 30), None),
    ("二○一二年十二月二十一日", date(2012, 12, 21), None, None),
    ("2025-04-17 15:00", date(2025, 4, 17), time(15), None),
    ("2025.4.17", date(2025, 4, 17), None, None),
    ("4.20", date(2025, 4, 20), None, None),
    ("4月17日\n9:00-11:00", date(2025, 4, 17), time(9), time(11)),
]


@pytest.mark.parametrize(("printed", "months"), MONTHS)
def test_months_stay_months(printed: str, months: tuple[int, ...]) -> None:
    when = parse_when(printed, 2025)
    assert (when.months, when.day, when.start, when.understood) == (months, None, None, True)


@pytest.mark.parametrize(("printed", "day", "start", "end"), DAYS)
def test_a_printed_day_is_a_date_with_its_hours(
    printed: str, day: date, start: time | None, end: time | None
) -> None:
    when = parse_when(printed, 2025)
    assert (when.day, when.start, when.end, when.month) == (day, start, end, day.month)


@pytest.mark.parametrize(
    ("printed", "months", "part", "detail"),
    [
        ("四季度（11月上旬）", (11,), "上旬", None),
        ("六月下旬", (6,), "下旬", None),
        ("每月中旬", tuple(range(1, 13)), "中旬", None),
        ("4月中下旬", (4,), None, "中下旬"),
        ("3月底前完成", (3,), None, "月底前"),
        ("4月20日前", (4,), None, "20日前"),
        ("4月20日左右", (4,), None, "20日左右"),
        ("每月第二周的周四", tuple(range(1, 13)), None, "第二周的周四"),
        ("4月17日-18日", (4,), None, "17日-18日"),
        ("4月28日至5月2日", (4, 5), None, "4月28日-5月2日"),
        ("4月20日、5月20日", (4, 5), None, "4月20日、5月20日"),
    ],
)
def test_a_narrowing_that_is_no_day_never_becomes_a_date(
    printed: str, months: tuple[int, ...], part: str | None, detail: str | None
) -> None:
    when = parse_when(printed, 2025)
    assert (when.months, when.part, when.detail, when.day) == (months, part, detail, None)


@pytest.mark.parametrize("printed", ["待定", "另行通知", "适时"])
def test_an_open_time_is_understood_as_open(printed: str) -> None:
    assert parse_when(printed, 2025) == PlannedTime(printed)


@pytest.mark.parametrize("printed", ["2月30日", "13月", "全国两会后", "25:00"])
def test_what_cannot_be_is_not_understood(printed: str) -> None:
    when = parse_when(printed, 2025)
    assert (when.understood, when.day) == (False, None)


def test_the_cells_own_year_wins_and_a_missing_one_invents_nothing() -> None:
    assert parse_when("二〇一二年三月", 2025).year == 2012
    assert parse_when("4月20日", None).day is None
    assert parse_when("4月20日", None).detail == "20日"


def test_a_planned_time_gives_a_period_in_the_plans_year() -> None:
    assert parse_when("12月至次年1月", 2024).period(2024).bounds == (date(2024, 12, 1), date(2025, 1, 31))
    assert parse_when("4月中旬", 2024).period(2024).bounds == (date(2024, 4, 11), date(2024, 4, 20))


@pytest.mark.parametrize(
    "printed", ["4月", "第一季度", "4月17日（星期四）上午9：00—11：00", "待定", "每月第二周的周四"]
)
def test_a_cell_of_time_words_looks_like_time(printed: str) -> None:
    assert looks_like_time(printed)


@pytest.mark.parametrize("printed", ["一季度全市经济运行情况", "安全生产月", "12345热线", "三农政策"])
def test_a_topic_with_time_words_does_not(printed: str) -> None:
    assert not looks_like_time(printed)
