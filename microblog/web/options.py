"""What the web needs to be told."""

from dataclasses import dataclass, field
from datetime import timedelta

from argon2 import PasswordHasher


@dataclass(frozen=True, slots=True)
class WebOptions:
    """secret: the office's own, at least 32 bytes; the same for every process that serves the same office.

    plain_http: cookies may travel without TLS between this machine and itself. hosts: names the site answers to
    besides the portal's. shelf: how long a public page may be served again without asking the database.
    form_most, upload_most: bytes of a request. streams: open event streams at a time, each ended after `stream_for`.
    looks_every: seconds between two looks for news.
    """

    secret: bytes = field(repr=False)
    plain_http: bool = False
    hosts: tuple[str, ...] = ()
    shelf: timedelta = timedelta(seconds=2)
    form_most: int = 64 * 1024
    upload_most: int = 20 * 1024 * 1024
    streams: int = 300
    stream_for: timedelta = timedelta(minutes=10)
    looks_every: float = 1.0
    questions_each: int = 5
    questions_within: timedelta = timedelta(minutes=10)
    tries_each: int = 20
    tries_within: timedelta = timedelta(minutes=10)
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
