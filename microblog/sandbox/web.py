"""The WSGI application: from bytes to an `Ask`, and from an `Answer` to bytes, a dropped or a stalled connection."""

import socket
from collections.abc import Iterable
from threading import Event
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request

from microblog.sandbox import oauth, routes
from microblog.sandbox.admin import Admin
from microblog.sandbox.admin_routes import serve_admin
from microblog.sandbox.asks import Answer, Ask, oauth_answer, refusal_answer
from microblog.sandbox.cast import Cast
from microblog.sandbox.faults.fault import Interrupted
from microblog.sandbox.faults.plan import HEADER, FaultPlan, Strike
from microblog.sandbox.pages import timeline_page
from microblog.sandbox.refusals import OAuthRefusal, Refusal
from microblog.sandbox.responses import response_of
from microblog.sandbox.rows import Call
from microblog.sandbox.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST_BODY_BYTES = 8 * 1024 * 1024


class WebApp:
    """Answers every path of the sandbox. stopping: set when the server goes down, so that stalls end."""

    def __init__(self, world: World, plan: FaultPlan, admin: Admin, cast: Cast, stopping: Event) -> None:
        self._world = world
        self._plan = plan
        self._admin = admin
        self._cast = cast
        self._stopping = stopping

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The WSGI entry."""
        with Request(environ) as request:
            if request.path.startswith("/_sandbox"):
                return serve_admin(self._admin, self._cast, request)(environ, start_response)
            if request.path == "/":
                return response_of(self._page())(environ, start_response)
            answer = self._answer(request)
        if answer.stall:
            self._stopping.wait(answer.stall)
        if answer.end != "answered":
            _hang_up(environ)
        return response_of(answer)(environ, start_response)

    def _page(self) -> Answer:
        with self._world.lock:
            return Answer(text=timeline_page(self._world))

    def _answer(self, request: Request) -> Answer:
        with self._world.lock:
            try:
                ask = read_ask(self._world, request)
                strikes = self._plan.strikes(ask, request.headers.get(HEADER, ""))
            except Refusal as refusal:  # the body could not be taken in
                return refusal_answer(refusal, request.path)
            except ValueError as error:  # a mistake in the fault header, told to whoever wrote it
                return Answer(http=400, body={"error": str(error), "error_code": 0, "request": request.path})
            answer, counted = settle(ask, strikes)
            self._world.put(_call(self._world, ask, answer, counted=counted))
            self._world.flush()
            return answer


def settle(ask: Ask, strikes: list[Strike]) -> tuple[Answer, bool]:
    """The answer to a call under its faults, and whether it drew on the account's day."""
    ask.faults = [fault.name for fault, _ in strikes]
    counted = False
    try:
        for fault, params in strikes:
            if fault.before is not None:
                fault.before(ask, params)
        if ask.path.startswith("/oauth2"):
            answer = oauth.serve(ask)
        else:
            route = routes.find(ask)
            routes.admit(ask, route)
            counted = route.counted
            answer = routes.serve(ask, route)
    except Refusal as refusal:
        answer = refusal_answer(refusal, ask.path)
    except OAuthRefusal as refused:
        answer = oauth_answer(refused, ask.path)
    except Interrupted as interrupted:
        answer = interrupted.answer
    for fault, params in strikes:
        if fault.after is not None:
            answer = fault.after(ask, answer, params)
    return answer, counted


def read_ask(world: World, request: Request) -> Ask:
    """The call in a request. Bodies other than forms are not read. Raises Refusal 10018 for one too large."""
    request.max_content_length = MOST_BODY_BYTES
    request.max_form_memory_size = MOST_BODY_BYTES
    try:
        params = {name: request.values[name] for name in request.values}
        picture = request.files.get("pic")
        content = None if picture is None else picture.read()
    except HTTPException:
        raise Refusal(10018) from None
    path = request.path
    return Ask(
        world=world,
        method=request.method,
        path=path,
        endpoint=path.removeprefix("/2/").removeprefix("/").removesuffix(".json"),
        params=params,
        ip=request.remote_addr or "",
        now=world.now(),
        authorization=request.headers.get("Authorization", ""),
        multipart=request.mimetype == "multipart/form-data",
        picture=content,
    )


def _call(world: World, ask: Ask, answer: Answer, *, counted: bool) -> Call:
    return Call(
        number=len(world.calls) + 1,
        at=ask.now,
        method=ask.method,
        endpoint=ask.endpoint,
        uid=ask.account.uid if ask.account else 0,
        app=ask.app.key if ask.app else "",
        ip=ask.ip,
        counted=counted,
        http=answer.http,
        code=answer.code,
        sent=answer.end,
        faults=tuple(ask.faults),
    )


def _hang_up(environ: "WSGIEnvironment") -> None:
    """Close the connection without an answer. Raises ConnectionAbortedError, which the server takes in silence."""
    connection = environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError("dropped on purpose")
