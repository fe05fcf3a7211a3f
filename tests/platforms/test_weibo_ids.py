"""What an id, a date text and a link of the platform say."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microblog.platforms.weibo_ids import id_in, parse_time, permalink, time_of


def test_the_platforms_date_is_read_without_the_locale() -> None:
    assert parse_time("Tue May 31 17:46:55 +0800 2011") == datetime(2011, 5, 31, 9, 46, 55, tzinfo=UTC)
    assert parse_time("Fri Jan 03 15:04:05 -0330 2025") == datetime(2025, 1, 3, 18, 34, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", [None, 5, "", "55分钟前", "Tue Foo 31 17:46:55 +0800 2011", "Tue May 32 17:46:55 +0800 2011"]
)
def test_any_other_date_is_none(text: object) -> None:
    assert parse_time(text) is None


def test_a_date_before_the_first_year_is_none() -> None:
    assert parse_time("Mon Jan 01 00:00:00 +0800 0001") is None


def test_an_id_carries_its_second() -> None:
    second = int(datetime(2024, 5, 20, 7, 0, tzinfo=UTC).timestamp())
    assert time_of(str((second - 515483463) << 22 | 7)) == datetime(2024, 5, 20, 7, 0, tzinfo=UTC)


def test_an_id_out_of_all_time_does_no_harm() -> None:
    assert time_of("9" * 20).year == 9999


def test_a_status_has_the_address_the_web_gives_it() -> None:
    assert permalink("1000000001", "4559512851192225") == "https://weibo.com/1000000001/JoYct509r"


@pytest.mark.parametrize(
    "pasted",
    [
        "https://weibo.com/1000000001/JoYct509r",
        "weibo.com/1000000001/JoYct509r?from=page",
        "https://m.weibo.cn/detail/4559512851192225",
        "https://m.weibo.cn/status/JoYct509r",
        " 4559512851192225 ",
    ],
)
def test_an_id_is_found_in_what_a_person_pastes(pasted: str) -> None:
    assert id_in(pasted) == "4559512851192225"


@pytest.mark.parametrize("pasted", ["", "12", "你好", "https://example.gov.cn/1", "https://weibo.com/u/"])
def test_anything_else_holds_no_id(pasted: str) -> None:
    assert id_in(pasted) is None


@given(st.integers(10**15, 10**17))
def test_every_id_survives_its_address(number: int) -> None:
    assert id_in(permalink("1", str(number))) == str(number)
