"""What the tests of the platforms share: a clock set by hand, the real table, and a client over staged answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import responses

from microblog.platforms.weibo_client import API_BASE, WeiboClient
from microblog.platforms.weibo_errors import ErrorTable, load_table
from microblog.platforms.weibo_http import Http

TOKEN = "2.00SecretSecretSecret"
NOW = datetime(2024, 5, 20, 7, 0, tzinfo=UTC)


class HandClock:
    """A clock that moves only when told."""

    def __init__(self, start: datetime = NOW) -> None:
        self.time = start

    def now(self) -> datetime:
        return self.time

    def advance(self, by: timedelta) -> None:
        self.time += by


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def table() -> ErrorTable:
    return load_table(Path(__file__).parents[2] / "config" / "weibo_errors.toml")


@pytest.fixture
def weibo() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as staged:
        yield staged


@pytest.fixture
def client() -> WeiboClient:
    return WeiboClient(Http(API_BASE), lambda: TOKEN, rip="211.156.0.1")
