"""The one request that brings the browser back after a login, taken on this machine's own loopback address."""

import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

from microblog.domain.errors import MicroblogError, NotAllowed

LOOPBACK = ("127.0.0.1", "localhost")
_PAGE = "<!doctype html><meta charset=utf-8><title>microblog</title><p>{}</p>"


def is_loopback(redirect_uri: str) -> bool:
    """Whether the browser would come back to this very machine."""
    parts = urlsplit(redirect_uri)
    return parts.scheme == "http" and parts.hostname in LOOPBACK


def query_of(address: str) -> dict[str, str]:
    """The fields of an address, as pasted or as requested."""
    return dict(parse_qsl(urlsplit(address.strip()).query))


class Callback:
    """Listens on a loopback redirect address, for one answer. `with Callback(uri, accept) as callback:`.

    accept: makes a code of the fields. What it raises NotAllowed for is answered and waited past, so that a stray or
    forged request cannot end a login; any other MicroblogError of it is the answer.
    """

    def __init__(self, redirect_uri: str, accept: Callable[[dict[str, str]], str]) -> None:
        """Raises NotAllowed when the port is taken."""
        parts = urlsplit(redirect_uri)
        self._path = parts.path or "/"
        self._accept = accept
        self._code = ""
        self._stray: MicroblogError | None = None
        self._no: MicroblogError | None = None
        try:
            self._server = HTTPServer(("127.0.0.1", parts.port or 80), self._handler())
        except OSError as error:
            raise NotAllowed(
                f"回调端口 {parts.port or 80} 用不了（{error.strerror}），请关掉占用它的程序，或改用 --paste"
            ) from error

    def __enter__(self) -> "Callback":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.server_close()

    def wait(self, seconds: float) -> str:
        """The code. Raises NotAllowed when none came in time, or what was wrong with the last answer."""
        deadline = time.monotonic() + seconds
        while not (self._code or self._no) and (left := deadline - time.monotonic()) > 0:
            self._server.timeout = left
            self._server.handle_request()
        if self._code:
            return self._code
        raise self._no or self._stray or NotAllowed("等了太久没有收到授权，请重新运行 microblog auth login")

    def _answer(self, address: str) -> tuple[HTTPStatus, str]:
        """What to tell the browser. Only our own path counts: browsers also ask for icons."""
        if urlsplit(address).path != self._path:
            return HTTPStatus.NOT_FOUND, "没有这个页面。"
        try:
            self._code = self._accept(query_of(address))
        except NotAllowed as error:
            self._stray = error
            return HTTPStatus.BAD_REQUEST, "没有采用这次授权，详情见终端。"
        except MicroblogError as error:
            self._no = error
            return HTTPStatus.OK, "没有得到授权，可以关闭这个页面，回到终端。"
        return HTTPStatus.OK, "已收到授权，可以关闭这个页面，回到终端。"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        answer = self._answer

        class Handler(BaseHTTPRequestHandler):
            """Answers GET; silent, for the request line holds the code."""

            timeout = 10

            def do_GET(self) -> None:
                """One request."""
                status, words = answer(self.path)
                body = _PAGE.format(words).encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's parameter name
                """Nothing: see above."""

        return Handler
