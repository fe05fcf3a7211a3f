"""Serving the application: on its own, or in a thread beside the worker's jobs."""

import socket
import time
from threading import Thread
from types import TracebackType
from typing import Self

import uvicorn
from fastapi import FastAPI

from microblog.domain.errors import InvalidInput
from microblog.web.streams import Streams

PATIENCE = 5
"""Seconds that open requests get when the server is asked to stop; event streams would never end by themselves."""


class WebServer:
    """The application on an address. `with WebServer(…):` serves in a thread until the end of the block."""

    def __init__(self, app: FastAPI, *, host: str, port: int, proxies: tuple[str, ...] = ("127.0.0.1",)) -> None:
        """port: 0 for any. proxies: addresses whose word on the client's address and on TLS is taken.

        Raises InvalidInput when the address cannot be had.
        """
        self._socket = _bound(host, port)
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            app,
            proxy_headers=True,
            forwarded_allow_ips=list(proxies),
            server_header=False,
            timeout_graceful_shutdown=PATIENCE,
            limit_concurrency=1000,
            h11_max_incomplete_event_size=32 * 1024,
            log_level="warning",
            access_log=False,
        )
        self._streams: Streams = app.state.site.streams
        self._server = uvicorn.Server(config)
        self._thread: Thread | None = None

    def run(self) -> None:
        """Serve until SIGINT or SIGTERM."""
        asking = Thread(target=self._end_streams, name="web streams", daemon=True)
        asking.start()
        self._server.run([self._socket])

    def stop(self) -> None:
        """Take no new request; those open may end."""
        self._server.should_exit = True

    def _end_streams(self) -> None:
        """Event streams would keep the server from stopping; they end as soon as it is asked to."""
        while not self._server.should_exit:
            time.sleep(0.2)
        self._streams.end()

    def __enter__(self) -> Self:
        """Serve in a thread."""
        self._thread = Thread(target=self.run, name="web", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let open requests end, then stop."""
        self.stop()
        if self._thread is not None:
            self._thread.join(PATIENCE + 5)
        self._socket.close()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol named, asyncio sets TCP_NODELAY; else every answer waits 40 ms for an acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(512)
    except OSError as error:
        listening.close()
        raise InvalidInput(f"网站无法使用 {host} 端口 {port}（{error.strerror}），请换一个端口") from error
    return listening
