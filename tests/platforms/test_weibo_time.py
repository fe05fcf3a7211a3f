"""What time it is on the platform, as far as it tells."""

from datetime import UTC, datetime
from typing import Any

import pytest
import responses

from microblog.domain.errors import PlatformDown, Throttled
from microblog.platforms.weibo import WeiboPlatform
from microblog.platforms.weibo_checks import Limits
from microblog.platforms.weibo_client import API_BASE, WeiboClient
from microblog.platforms.weibo_errors import ErrorTable
from microblog.platforms.weibo_payload import platform_time
from tests.platforms.conftest import HandClock

STATUS = f"{API_BASE}/2/account/rate_limit_status.json"


@pytest.fixture
def platform(client: WeiboClient, table: ErrorTable, clock: HandClock) -> WeiboPlatform:
    return WeiboPlatform(client, table, Limits(len, len), clock)


def test_the_time_is_when_the_limits_turn_less_what_is_left_until_then() -> None:
    body = {"reset_time": "2025-01-03 18:00:00", "reset_time_in_seconds": 1415}
    assert platform_time(body) == datetime(2025, 1, 3, 9, 36, 25, tzinfo=UTC)
    assert platform_time(body | {"reset_time_in_seconds": "1415"}) == datetime(2025, 1, 3, 9, 36, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"reset_time": "2025-01-03 18:00:00"},
        {"reset_time": "明天", "reset_time_in_seconds": 5},
        {"reset_time": "2025-01-03 18:00:00", "reset_time_in_seconds": "many"},
        {"reset_time": "0001-01-01 00:00:00", "reset_time_in_seconds": 10**18},
    ],
)
def test_what_tells_no_time_gives_none(body: Any) -> None:
    assert platform_time(body) is None


@pytest.mark.parametrize(
    ("http", "body"),
    [
        (404, "<html>not found</html>"),
        (405, ""),
        (200, "{}"),
        (404, '{"error": "Request api not found!", "error_code": 10020}'),
        (403, '{"error": "Insufficient app permissions!", "error_code": 10014}'),
        (403, '{"error": "expired_token", "error_code": 21327}'),
    ],
)
def test_a_platform_without_a_clock_tells_no_time(
    weibo: responses.RequestsMock, platform: WeiboPlatform, http: int, body: str
) -> None:
    weibo.get(STATUS, body=body, status=http)
    assert platform.time() is None


@pytest.mark.parametrize(
    ("http", "body"), [(502, "<html>bad gateway</html>"), (418, "<html>front</html>"), (500, '{"error_code": 10001}')]
)
def test_a_platform_in_trouble_is_told_from_one_without_a_clock(
    weibo: responses.RequestsMock, platform: WeiboPlatform, http: int, body: str
) -> None:
    weibo.get(STATUS, body=body, status=http)
    with pytest.raises(PlatformDown):
        platform.time()


def test_a_limit_that_holds_even_for_this_is_told(weibo: responses.RequestsMock, platform: WeiboPlatform) -> None:
    weibo.get(STATUS, body='{"error": "IP requests out of rate limit!", "error_code": 10022}', status=403)
    with pytest.raises(Throttled):
        platform.time()


def test_asking_for_the_time_is_not_counted(weibo: responses.RequestsMock, platform: WeiboPlatform) -> None:
    weibo.get(STATUS, json={"reset_time": "2025-01-03 18:00:00", "reset_time_in_seconds": 1415})
    platform.time()
    assert platform.calls == 0
