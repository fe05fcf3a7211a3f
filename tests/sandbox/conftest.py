"""A sandbox on a held clock, and a small caller that speaks to it as a client would: over real HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from microblog.sandbox.server import Sandbox

START = datetime(2024, 4, 2, 1, 0, 30, tzinfo=UTC)
LINK = "https://www.example.gov.cn/ft/2024/04.html"
RIP = "211.156.0.1"


@dataclass
class Caller:
    """Calls a sandbox with a token."""

    weibo: Sandbox
    token: str

    def get(self, path: str, fault: str = "", **params: Any) -> requests.Response:
        return requests.get(self._url(path), params=params, headers=self._headers(fault), timeout=5)

    def post(self, path: str, fault: str = "", **data: Any) -> requests.Response:
        return requests.post(
            self._url(path), data={"rip": RIP, **data}, headers=self._headers(fault), timeout=data.pop("wait", 5)
        )

    def share(self, text: str, fault: str = "", **data: Any) -> requests.Response:
        return self.post("statuses/share", fault, status=f"{text} {LINK} ", **data)

    def status(self, text: str = "【微访谈预告】消防安全") -> int:
        return int(self.share(text).json()["id"])

    def control(self, path: str, **body: Any) -> Any:
        answer = requests.post(f"{self.weibo.base_url}/_sandbox/{path}", json=body, timeout=5)
        answer.raise_for_status()
        return answer.json()

    def _url(self, path: str) -> str:
        return f"{self.weibo.base_url}/2/{path}.json"

    def _headers(self, fault: str) -> dict[str, str]:
        return {"Authorization": f"OAuth2 {self.token}"} | ({"X-Sandbox-Fault": fault} if fault else {})


@pytest.fixture
def weibo() -> Iterator[Sandbox]:
    with Sandbox(start=START) as sandbox:
        yield sandbox


@pytest.fixture
def me(weibo: Sandbox) -> Caller:
    return Caller(weibo, weibo.token)


def code(answer: requests.Response) -> int:
    """The error code of a refusal; fails on a success."""
    return int(answer.json()["error_code"])
