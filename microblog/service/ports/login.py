"""Obtaining and keeping a token, as protocols."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Token:
    """What lets us act for an account. secret: in no repr, no listing, no log. expires_at: None when not told."""

    secret: str = field(repr=False)
    user_id: str
    obtained_at: datetime
    expires_at: datetime | None


class Door(Protocol):
    """Where a person lets us in."""

    def address(self, state: str) -> str:
        """The page to open in a browser; `state` comes back with the code."""

    def token_for(self, code: str) -> Token:
        """Exchange the code, which works once. Raises PlatformError."""


class Safe(Protocol):
    """Where the token lies, unreadable to others."""

    def load(self) -> Token | None:
        """The token; None before the first login. Raises NotAllowed or InvalidInput when it cannot be read."""

    def save(self, token: Token) -> None:
        """Put it in the place of the one before, whole or not at all. Raises as `load`."""
