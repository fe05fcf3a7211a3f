"""Why the web itself says no."""

from microblog.domain.errors import NotAllowed


class Forbidden(NotAllowed):
    """The person's role does not allow it, or the form is not ours: 403."""


class TooLarge(NotAllowed):
    """The request is larger than it may be: 413."""


class SignInNeeded(Exception):
    """Nobody is signed in."""


class StepNeeded(Exception):
    """Something has to be done first, on another page. path: that page; notice: why."""

    def __init__(self, path: str, notice: str) -> None:
        super().__init__(notice)
        self.path = path
        self.notice = notice
