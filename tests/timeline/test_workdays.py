from datetime import date, timedelta

import pytest

from microblog.service.workdays import Workdays

WORKED_WEEKENDS_2024 = ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"]
OFF_2024 = [("01-01", 1), ("02-10", 8), ("04-04", 3), ("05-01", 5), ("06-10", 1), ("09-15", 3), ("10-01", 7)]
OFF_2019 = [("01-01", 1), ("02-04", 7), ("04-05", 1), ("05-01", 4), ("06-07", 1), ("09-13", 1), ("10-01", 7)]
WORKED_WEEKENDS_2019 = ["02-02", "02-03", "04-28", "05-05", "09-29", "10-12"]


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2019-04-29", 5, "2019-05-08"),
        ("2024-04-25", 5, "2024-05-06"),
        ("2024-04-25", -5, "2024-04-18"),
        ("2024-09-27", 5, "2024-10-10"),
        ("2024-02-08", 7, "2024-02-23"),
        ("2024-04-25", 0, "2024-04-25"),
    ],
)
def test_working_days_are_counted_without_the_day_itself(
    workdays: Workdays, start: str, count: int, expected: str
) -> None:
    assert workdays.add(date.fromisoformat(start), count) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("year", "off", "worked"), [(2024, OFF_2024, WORKED_WEEKENDS_2024), (2019, OFF_2019, WORKED_WEEKENDS_2019)]
)
def test_a_year_is_off_and_on_as_the_state_council_said(
    workdays: Workdays, year: int, off: list[tuple[str, int]], worked: list[str]
) -> None:
    expected_off = {
        date.fromisoformat(f"{year}-{start}") + timedelta(days=n) for start, length in off for n in range(length)
    }
    expected_on = {date.fromisoformat(f"{year}-{day}") for day in worked}
    day = date(year, 1, 1)
    while day.year == year:
        usual = day.isoweekday() <= 5
        assert workdays.is_workday(day) == ((usual and day not in expected_off) or day in expected_on), day
        day += timedelta(days=1)
    assert workdays.warnings == ()


def test_the_nearest_working_days_are_the_day_itself_or_its_neighbours(workdays: Workdays) -> None:
    assert workdays.next_workday(date(2024, 4, 6)) == date(2024, 4, 7)  # a worked Sunday
    assert workdays.previous_workday(date(2024, 4, 6)) == date(2024, 4, 3)
    assert workdays.next_workday(date(2024, 4, 7)) == workdays.previous_workday(date(2024, 4, 7)) == date(2024, 4, 7)


def test_an_unknown_year_counts_monday_to_friday_and_warns(workdays: Workdays) -> None:
    assert workdays.add(date(2091, 9, 28), 5) == date(2091, 10, 5)  # straight through the National Day week
    assert workdays.is_workday(date(1990, 1, 1))
    assert [warning[:5] for warning in workdays.warnings] == ["1990年", "2091年"]


def test_one_calendar_does_not_warn_of_years_another_was_asked_for(workdays: Workdays) -> None:
    workdays.is_workday(date(2091, 1, 1))
    assert Workdays().warnings == ()
