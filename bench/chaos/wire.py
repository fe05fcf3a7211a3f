"""The way from client to sandbox without a socket: the same bytes, and every way in which a line can go dead.

Time passes on the way, by the sandbox's clock. A call may be taken by the platform long after its sender gave up.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NewConnectionError
from urllib3.util import parse_url

from microblog.platforms.weibo_http import Http
from microblog.sandbox.faults.plan import FaultPlan
from microblog.sandbox.server import Sandbox
from microblog.sandbox.web import WebApp

BASE_URL = "http://weibo.example"
READ_TIMEOUT = 15.0


@dataclass
class Line:
    """One line to the sandbox.

    refused: share of calls that find nobody listening. late: share of writes that the platform takes only up to
    `late_most` seconds after the client has given up. down: told whether the network is gone. Times in seconds.
    begun: when the client began the call of each accepted write, by the write's number.
    """

    sandbox: Sandbox
    plan: FaultPlan
    random: Random
    refused: float = 0.0
    late: float = 0.0
    late_most: float = 150.0
    down: Callable[[], bool] = lambda: False
    waiting: list[tuple[float, float, dict[str, Any]]] = field(default_factory=list)
    begun: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        nobody_waits = Event()
        nobody_waits.set()
        world, admin, cast = self.sandbox.world, self.sandbox.admin, self.sandbox.cast
        self._app = WebApp(world, self.plan, admin, cast, nobody_waits)

    def heal(self) -> None:
        """From now on nothing goes wrong on the way."""
        self.refused = self.late = 0.0
        self.plan.clear()

    def tick(self) -> None:
        """Let the platform take what it left waiting until now."""
        now = self.sandbox.world.now()
        due = [entry for entry in self.waiting if entry[0] <= now]
        self.waiting = [entry for entry in self.waiting if entry[0] > now]
        for _, begun, environ in due:
            with suppress(ConnectionAbortedError):
                self._serve(environ, begun)

    def call(self, request: requests.PreparedRequest) -> tuple[int, Mapping[str, str], bytes]:
        """One call: status, headers, body. Raises what requests raises over a socket."""
        self.tick()
        begun = self.sandbox.world.now()
        chance = self.random.random()
        if self.down() or chance < self.refused:
            self._pass(0.1)
            raise requests.ConnectionError(_nobody_listens())
        environ = _environ(request)
        if request.method == "POST" and chance > 1 - self.late:
            self._pass(READ_TIMEOUT)
            later = self.sandbox.world.now() + self.random.uniform(0, self.late_most)
            self.waiting.append((later, begun, environ))
            raise requests.ReadTimeout
        self._pass(self.random.uniform(0.02, 0.4))
        try:
            return self._serve(environ, begun)
        except ConnectionAbortedError:
            self._pass(READ_TIMEOUT)
            raise requests.ConnectionError("reset") from None

    def _pass(self, seconds: float) -> None:
        self.sandbox.world.clock.advance(seconds)

    def _serve(self, environ: dict[str, Any], begun: float) -> tuple[int, Mapping[str, str], bytes]:
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
            started.extend((status, headers))
            return started.append

        try:
            body = b"".join(self._app(environ, start))
        finally:
            for write in self.sandbox.world.writes[len(self.begun) :]:
                self.begun[write.number] = begun
        return int(started[0].split()[0]), dict(started[1]), body


class LineAdapter(BaseAdapter):
    """What requests sends, over a `Line`."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """One request over the line."""
        status, headers, body = self._line.call(request)
        response = requests.Response()
        response.status_code = status
        response.headers.update(headers)
        response.raw = BytesIO(body)
        response.url = str(request.url)
        response.request = request
        return response

    def close(self) -> None:
        """Nothing is open."""


class LineHttp(Http):
    """The product's own HTTP client, its sessions led over a line."""

    def __init__(self, line: Line) -> None:
        super().__init__(BASE_URL)
        self._adapter = LineAdapter(line)

    def _new_session(self) -> requests.Session:
        session = super()._new_session()
        session.trust_env = False
        session.mount(BASE_URL, self._adapter)
        return session


def _nobody_listens() -> MaxRetryError:
    where = HTTPConnection("weibo.example")
    return MaxRetryError(None, BASE_URL, NewConnectionError(where, "refused"))  # type: ignore[arg-type]  # no pool is needed to tell it


def _environ(request: requests.PreparedRequest) -> dict[str, Any]:
    address = urlsplit(parse_url(str(request.url)).url)
    body = request.body or b""
    content = body if isinstance(body, bytes) else str(body).encode()
    return {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": address.path,
        "QUERY_STRING": address.query,
        "SERVER_NAME": "weibo.example",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(content)),
        "HTTP_AUTHORIZATION": request.headers.get("Authorization", ""),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(content),
        "wsgi.errors": BytesIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
