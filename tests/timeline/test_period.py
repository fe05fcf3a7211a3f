from datetime import date, time

import pytest

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import DateState
from microblog.domain.period import Period


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period(2024, (4,)), "2024-04-01", "2024-04-30"),
        (Period(2024, (2,)), "2024-02-01", "2024-02-29"),
        (Period(2024, (1, 2, 3)), "2024-01-01", "2024-03-31"),
        (Period(2023, (2,), "下旬"), "2023-02-21", "2023-02-28"),
        (Period(2024, (3, 4), "中旬"), "2024-03-11", "2024-04-20"),
        (Period(2024, (12, 1)), "2024-12-01", "2025-01-31"),
        (Period(2024, (4,), date=date(2024, 4, 25)), "2024-04-25", "2024-04-25"),
    ],
)
def test_a_period_is_as_wide_as_the_plan_leaves_it(period: Period, first: str, last: str) -> None:
    assert period.bounds == (date.fromisoformat(first), date.fromisoformat(last))
    days = list(period.days())
    assert (days[0], days[-1]) == period.bounds
    assert days == sorted(set(days))


def test_days_between_listed_thirds_do_not_belong_to_the_period() -> None:
    days = list(Period(2024, (3, 4), "中旬").days())
    assert len(days) == 20
    assert date(2024, 4, 1) not in days


def test_an_unknown_time_has_no_bounds_and_no_days() -> None:
    assert Period(2024).bounds is None
    assert list(Period(2024).days()) == []


def test_naming_a_day_is_provisional_and_keeps_known_hours() -> None:
    named = Period(2024, (4,), start=time(9), end=time(11)).held(date(2024, 4, 25))
    assert (named.state, named.start, named.end, named.months) == (DateState.PROVISIONAL, time(9), time(11), (4,))
    assert not named.firm
    assert named.held(date(2024, 4, 26), state=DateState.CONFIRMED).firm


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"year": 20244}, "年份"),
        ({"months": (13,)}, "月份"),
        ({"months": (0,)}, "月份"),
        ({"months": (4,), "part": "月初"}, "月初"),
        ({"date": date(2024, 4, 25), "start": time(11), "end": time(9)}, "不晚于开始时间"),
        ({"months": (4,), "state": DateState.CONFIRMED}, "不能确定"),
    ],
)
def test_contradictions_in_a_period_are_named(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        Period(**{"year": 2024, **wrong})  # type: ignore[arg-type]  # each case has its own fields
