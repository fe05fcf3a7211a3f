"""Every error a person may see, by what they can do about it.

MicroblogError
├── InvalidInput        the words, file or setting given are wrong: correct them
├── NotFound            the named thing does not exist: look at the listing
├── NotAllowed          the rules forbid it (unsealed text, own seal, wrong state)
└── PlatformError       the platform answered, or failed to
    ├── Throttled       wait until `retry_at`
    ├── LoginExpired    a person must log in again
    ├── TargetGone      the status or comment is not there any more
    ├── PlatformRefused the platform will not do this, now or later
    └── PlatformDown    no usable answer to a read; harmless to ask again

The message of each is one line of Chinese for the operator: what is wrong, where, what to do next.
"""

from datetime import datetime


class MicroblogError(Exception):
    """Something a person should read; its text is one line of Chinese."""


class InvalidInput(MicroblogError):
    """The input itself is wrong; doing the same again will fail again."""


class NotFound(MicroblogError):
    """Nothing is stored under the name or number given."""


class NotAllowed(MicroblogError):
    """The rules of the process forbid this step in the present state."""


class PlatformError(MicroblogError):
    """A platform call did not give what was asked."""


class Throttled(PlatformError):
    """A limit was reached.

    retry_at: aware datetime before which the same kind of call is pointless.
    """

    def __init__(self, message: str, *, retry_at: datetime) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class LoginExpired(PlatformError):
    """The token is dead; no call of this account can succeed before a person logs in."""


class TargetGone(PlatformError):
    """The status, comment or user addressed no longer exists."""


class PlatformRefused(PlatformError):
    """The platform refuses this call for good (permission, content, account)."""


class PlatformDown(PlatformError):
    """A read got no usable answer (network, 5xx, not JSON); asking again later is harmless."""
