"""Server-sent events: a bounded number of streams, each told when something changed, each ended in time."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from microblog.domain.errors import MicroblogError

AGAIN = 3000
"""Milliseconds after which a browser connects anew."""
QUIET = 15.0
"""Seconds after which a comment line keeps proxies from closing the connection."""

Version = Callable[[], str]


class Streams:
    """All open streams of this process."""

    def __init__(self, most: int, each: timedelta, looks_every: float) -> None:
        self._most = most
        self._each = each.total_seconds()
        self._looks_every = looks_every
        self._ended = False
        self.open = 0

    def end(self) -> None:
        """End every stream, for good."""
        self._ended = True

    def response(self, request: Request, version: Version) -> Response:
        """A stream that says `changed` with the version whenever that is another; 503 when all places are taken.

        A browser that comes back says what it saw last and is told only what is news to it.
        """
        if self.open >= self._most:
            return Response("连接已满，请稍后刷新页面查看", 503, {"Retry-After": "30"}, media_type="text/plain")
        seen = request.headers.get("Last-Event-ID", "")
        return StreamingResponse(
            self._events(request, version, seen),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _events(self, request: Request, version: Version, seen: str) -> AsyncIterator[str]:
        self.open += 1
        try:
            yield f"retry: {AGAIN}\n\n"
            ends = spoke = time.monotonic()
            ends += self._each
            while not self._ended and time.monotonic() < ends and not await request.is_disconnected():
                now = await _look(version)
                if now and now != seen:
                    seen, spoke = now, time.monotonic()
                    yield f"id: {now}\nevent: changed\ndata: {now}\n\n"
                elif time.monotonic() - spoke > QUIET:
                    spoke = time.monotonic()
                    yield ": quiet\n\n"
                await asyncio.sleep(self._looks_every)
        finally:
            self.open -= 1


async def _look(version: Version) -> str:
    """The version now; empty while it cannot be told, and the stream goes on."""
    try:
        return await run_in_threadpool(version)
    except MicroblogError:
        return ""
