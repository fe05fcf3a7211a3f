"""Ids and times: made from the clock, printed in English at +0800."""

from datetime import UTC, datetime, timedelta

import pytest

from microblog.sandbox.moments import Clock, created_at, id_at, moment_of, second_of, window_start


def test_the_printed_time_is_english_and_at_plus_eight_whatever_the_zone_given() -> None:
    assert created_at(moment_of(datetime(2011, 5, 31, 9, 46, 55, tzinfo=UTC))) == "Tue May 31 17:46:55 +0800 2011"


def test_an_id_carries_its_second() -> None:
    moment = moment_of(datetime(2025, 1, 3, 7, 4, 5, tzinfo=UTC))
    assert second_of(id_at(moment, 77)) == int(moment)
    assert len(str(id_at(moment, 77))) == 16


def test_ids_grow_with_time_and_sequence() -> None:
    assert id_at(1_735_000_000, 0) < id_at(1_735_000_000, 1) < id_at(1_735_000_001, 0)


def test_the_day_turns_at_midnight_in_china() -> None:
    before = moment_of(datetime(2024, 4, 1, 15, 59, 59, tzinfo=UTC))
    assert window_start(before + 1, 86_400) == int(before + 1)
    assert window_start(before, 86_400) == int(before + 1) - 86_400


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        moment_of(datetime(2024, 4, 1))  # noqa: DTZ001 - the very mistake


def test_a_held_clock_stands_and_a_running_one_goes_at_its_speed() -> None:
    real = [100.0]
    clock = Clock(datetime(2024, 4, 2, tzinfo=UTC), speed=0, timer=lambda: real[0])
    start = clock.now()
    real[0] += 50
    assert clock.now() == start
    clock.run(3600)
    real[0] += 2
    assert clock.now() == start + 7200
    clock.advance(timedelta(weeks=3).total_seconds())
    clock.run(0)
    real[0] += 1000
    assert clock.now() == start + 7200 + 21 * 86_400
