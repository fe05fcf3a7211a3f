"""One call to Weibo over HTTP, and what came back, in neutral words: no judgement here, and no exception escapes.

Two rules keep a post from going out twice. A failure says whether the request can have reached the platform. And
a write always opens a connection of its own: a pooled one may be dead already, and its reset would look the same
as a reset after the platform had taken the post.
"""

import json
import logging
import re
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import NewConnectionError

log = logging.getLogger(__name__)

TOKEN_MISSING = 21301
"""Weibo's own code for a token that is missing or malformed."""

_SENDABLE_TOKEN = re.compile(r"[\x21-\x7e]+")
_CODE_IN_TEXT = re.compile(r"\s*(\d{5})\s*:")


class Failure(StrEnum):
    """Why there is no answer, by what it proves."""

    NOT_SENT = "not-sent"  # no connection was made: nothing can have happened
    NO_ANSWER = "no-answer"  # it may have been taken before the line went dead


@dataclass(frozen=True, slots=True)
class Answer:
    """What one call came to.

    status: HTTP status, 0 without an answer. body: the decoded JSON, None where there was none.
    error_code: from any JSON body whatever the status. Bodies can hold tokens, so repr leaves them out.
    """

    status: int = 0
    body: Any = field(default=None, repr=False)
    error_code: int | None = None
    error_text: str = ""
    failure: Failure | None = None

    @property
    def ok(self) -> bool:
        """True for HTTP 200 with JSON that names no error."""
        return self.status == 200 and self.body is not None and self.error_code is None and not self.error_text


class Http:
    """Calls to one server that speaks Weibo's API; safe to share between threads (each keeps its own session)."""

    def __init__(self, base_url: str, *, connect_timeout: float = 5.0, read_timeout: float = 20.0) -> None:
        """Timeouts in seconds; the read timeout is the longest silence borne, not the length of the whole answer."""
        self.base_url = base_url.rstrip("/")
        self._timeouts = (connect_timeout, read_timeout)
        self._local = threading.local()

    def get(self, path: str, params: Mapping[str, Any], token: str) -> Answer:
        """A read, over a kept connection."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = self._new_session()
        return self._call(session, "GET", path, token, params=params)

    def post(self, path: str, form: Mapping[str, Any], token: str | None) -> Answer:
        """A write, form encoded in UTF-8, over its own connection. token None: the form carries what it needs."""
        with self._new_session() as session:
            return self._call(session, "POST", path, token, data=form)

    def close(self) -> None:
        """Drop this thread's kept connection."""
        session: requests.Session | None = self._local.__dict__.pop("session", None)
        if session is not None:
            session.close()

    def _new_session(self) -> requests.Session:
        session = requests.Session()  # its adapters never retry
        # A proxy named in the environment cannot reach a server on this very machine.
        session.trust_env = urlsplit(self.base_url).hostname not in ("127.0.0.1", "localhost", "::1")
        return session

    def _call(
        self,
        session: requests.Session,
        method: str,
        path: str,
        token: str | None,
        *,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Answer:
        if token is not None and not _SENDABLE_TOKEN.fullmatch(token):
            return Answer(error_code=TOKEN_MISSING, error_text="no usable token", failure=Failure.NOT_SENT)
        try:
            response = session.request(
                method,
                f"{self.base_url}/{path}",
                params=params,
                data=data,
                auth=_OAuth2(token),
                timeout=self._timeouts,
                allow_redirects=False,
            )
        except (requests.RequestException, UnicodeError) as error:
            answer = Answer(error_text=type(error).__name__, failure=_failure(error))
        else:
            answer = _read(response, secret=token)
        log.info("%s %s: %s %s", method, path, answer.failure or answer.status, answer.error_code or "")
        return answer


class _OAuth2(AuthBase):
    """Weibo's own scheme; also keeps a netrc file from putting another login in its place."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"OAuth2 {self._token}"
        return request


_UNSENDABLE = (
    UnicodeError,
    requests.exceptions.ConnectTimeout,
    requests.exceptions.ProxyError,
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
)


def _failure(error: Exception) -> Failure:
    """Not sent only where that is proven: no connection, no name, no certificate we trust, no proxy, no valid URL."""
    if isinstance(error, _UNSENDABLE):
        return Failure.NOT_SENT
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(reason, NewConnectionError):
        return Failure.NOT_SENT
    untrusted = isinstance(reason, Exception) and isinstance(
        next(iter(reason.args), None), ssl.SSLCertVerificationError
    )
    return Failure.NOT_SENT if untrusted else Failure.NO_ANSWER


def _read(response: requests.Response, *, secret: str | None) -> Answer:
    """Decode an answer; an HTML page or broken JSON is an answer without a body."""
    try:
        body = json.loads(response.content)
    except (ValueError, RecursionError):
        body = None
    code, text = _error(body)
    if secret:
        text = text.replace(secret, "***")
    return Answer(response.status_code, body, code, text)


def _error(body: Any) -> tuple[int | None, str]:
    """Code and text of an error body. The code may be an int, a string, or stand inside an old-style text."""
    if not isinstance(body, dict) or not (body.get("error_code") or body.get("error")):
        return None, ""
    text = str(body.get("error") or "")
    described = " ".join(str(part) for part in (text, body.get("error_description") or "") if part)
    inside = _CODE_IN_TEXT.match(text)
    raw = str(body.get("error_code") or (inside.group(1) if inside else ""))
    return (int(raw) or None if raw.isascii() and raw.isdigit() and len(raw) < 10 else None), described
