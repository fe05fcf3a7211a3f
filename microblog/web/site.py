"""What every page works with, and the request's own part of it: cookie, form token, address."""

import hmac
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response

from microblog.domain.errors import NotAllowed
from microblog.service.office import Office
from microblog.service.people import Gate
from microblog.service.vault import Vault, new_token
from microblog.web.limits import Limit
from microblog.web.options import WebOptions
from microblog.web.shelf import Shelf
from microblog.web.streams import Streams

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Site:
    """The parts of one running web server."""

    office: Office
    options: WebOptions
    questions: Limit = field(init=False)
    tries: Limit = field(init=False)
    shelf: Shelf = field(init=False)
    streams: Streams = field(init=False)

    def __post_init__(self) -> None:
        """Make what lives as long as the server."""
        options, clock = self.options, self.office.clock
        parts = {
            "questions": Limit(clock, options.questions_each, options.questions_within),
            "tries": Limit(clock, options.tries_each, options.tries_within),
            "shelf": Shelf(clock, options.shelf),
            "streams": Streams(options.streams, options.stream_for, options.looks_every),
        }
        for name, part in parts.items():
            object.__setattr__(self, name, part)

    @cached_property
    def vault(self) -> Vault:
        """Signs forms and encrypts code generators."""
        return Vault(self.options.secret)

    @cached_property
    def gate(self) -> Gate:
        """What it takes to let people in."""
        return Gate(self.office, self.vault, self.options.hasher)

    @cached_property
    def root(self) -> str:
        """The path under which the portal lies, without a final slash; every link of a post starts with it."""
        return urlsplit(self.office.practice.portal).path.rstrip("/")

    @cached_property
    def host(self) -> str:
        """The portal's host name."""
        return urlsplit(self.office.practice.portal).hostname or "localhost"


def site_of(request: Request) -> Site:
    """The site a request came to."""
    return cast(Site, request.app.state.site)


def address_of(request: Request) -> str:
    """The client's address; behind a trusted proxy the server has put the real one there."""
    return request.client.host if request.client else ""


def is_secure(request: Request) -> bool:
    """Whether the browser came over TLS."""
    return request.url.scheme == "https"


def check_secret_may_travel(request: Request) -> None:
    """Raises NotAllowed where a cookie or password would travel in the clear."""
    options = site_of(request).options
    local = (request.url.hostname or "") in LOOPBACK and address_of(request) in LOOPBACK
    if not is_secure(request) and not (options.plain_http and local):
        raise NotAllowed("此页须用 https 地址打开，请更换地址后重试")


def cookie_name(request: Request) -> str:
    """`__Host-` binds the cookie to this host, to TLS and to the whole path."""
    return "__Host-microblog" if is_secure(request) else "microblog"


def visit_of(request: Request) -> str | None:
    """The token in the browser's cookie: of a session, or of an anonymous visit."""
    return request.cookies.get(cookie_name(request)) or None


def begin_visit(request: Request) -> str:
    """The browser's token; a new one, set by `keep_visit`, when it has none."""
    token = visit_of(request) or getattr(request.state, "new_visit", None)
    if token is None:
        token = request.state.new_visit = new_token()
    return token


def keep_visit(request: Request, response: Response, token: str | None = None) -> None:
    """Set the cookie when a visit began in this request, or to the token given."""
    token = token or getattr(request.state, "new_visit", None)
    if token is not None:
        response.set_cookie(
            cookie_name(request), token, path="/", secure=is_secure(request), httponly=True, samesite="lax"
        )


def form_token(request: Request) -> str:
    """What a form must give back: good only together with this browser's cookie."""
    check_secret_may_travel(request)
    return site_of(request).vault.sign("form", begin_visit(request))


def token_holds(request: Request, given: str) -> bool:
    """Whether a form carries the token that goes with this browser's cookie."""
    visit = visit_of(request)
    if visit is None:
        return False
    return hmac.compare_digest(given.encode(), site_of(request).vault.sign("form", visit).encode())
