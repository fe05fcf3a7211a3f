"""What can go wrong with the store itself."""

from sqlalchemy.exc import DontWrapMixin

from microblog.domain.errors import MicroblogError


class StoreUnavailable(MicroblogError):
    """The database is locked, unreachable or unreadable. What the call was to store may not be stored."""


class NaiveMoment(DontWrapMixin, ValueError):
    """A moment without a time zone was about to be stored: a mistake in the program."""
