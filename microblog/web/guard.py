"""What every request goes through before a page sees it, and every answer before it leaves."""

from contextlib import suppress

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from microblog.web.refusals import Forbidden
from microblog.web.site import check_secret_may_travel, token_holds

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing from elsewhere, nothing inline."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
TLS_ONLY = "max-age=31536000"

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "form_token"
HEADER = "X-Form-Token"


class UnderPath:
    """Serves the site under the portal's path, whether or not the proxy before it passes that path on."""

    def __init__(self, app: ASGIApp, *, root: str) -> None:
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell the routes which part of the path is not theirs."""
        path = scope.get("path", "")
        if self._root and (path == self._root or path.startswith(f"{self._root}/")):
            scope = {**scope, "root_path": self._root, "path": path if path != self._root else f"{path}/"}
        await self._app(scope, receive, send)


class SafeHeaders:
    """Adds the security headers to every answer, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; headers are set as the answer starts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = TLS_ONLY
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers)


class BodyLimit:
    """Refuses a body larger than it may be, announced or not; uploads at the console may be larger."""

    def __init__(self, app: ASGIApp, *, form_most: int, upload_most: int, uploads_under: str) -> None:
        self._app = app
        self._form_most = form_most
        self._upload_most = upload_most
        self._uploads_under = uploads_under

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the bytes as they come."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._upload_most if self._may_upload(scope) else self._form_most
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdigit() or int(announced) > most:
            await _too_large(scope, receive, send)
            return
        await self._counted(scope, receive, send, most)

    def _may_upload(self, scope: Scope) -> bool:
        """Only where people sign in, and only as a form with files."""
        multipart = Headers(scope=scope).get("content-type", "").startswith("multipart/form-data")
        return multipart and f"{self._uploads_under}/" in scope["path"]

    async def _counted(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise _Overrun
            return message

        async def unless_overrun(message: Message) -> None:
            # Whoever reads the body may catch the overrun and make an answer of its own; ours says why.
            if received <= most:
                await send(message)

        with suppress(_Overrun):
            await self._app(scope, counting, unless_overrun)
        if received > most:
            await _too_large(scope, receive, send)


class _Overrun(Exception):
    """More bytes came than were announced or allowed."""


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("提交的内容太大，请缩短后重试", 413)(scope, receive, send)


async def check_form(request: Request) -> None:
    """For every route: a request that may change something must come from a form of ours. Raises Forbidden."""
    if request.method in SAFE:
        return
    check_secret_may_travel(request)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("请求来自其他网站，已拒绝；请从本站页面重新提交")
    given = request.headers.get(HEADER) or await _field(request)
    if not token_holds(request, given):
        raise Forbidden("页面已过期，或浏览器不接受 Cookie；请刷新页面后重新提交")


async def _field(request: Request) -> str:
    kind = request.headers.get("Content-Type", "")
    if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        return ""
    value = (await request.form()).get(FIELD)
    return value if isinstance(value, str) else ""
